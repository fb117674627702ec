//! Turns a raw model into rules for the engine and words for the page.

use scenario_wasm as engine;

use super::value;
use crate::course::{Band, Failure, Level, Model, Skill, Slip};
use crate::parse::At;
use crate::parse::model::{RawModel, RawSkill};

/// `None` if something is missing or unknown; a diagnostic has reported it.
pub fn model(id: &str, raw: &RawModel) -> Option<Model> {
    let skills = raw.skills.iter().map(|skill| {
        let levels = skill.levels.iter().map(|level| level.value.clone()).collect();
        Some(Skill { id: skill.id.value.clone(), name: value(&skill.name)?, levels })
    });
    let slips = raw.slips.iter().map(|slip| {
        Some(Slip { id: slip.id.value.clone(), name: value(&slip.name)?, says: value(&slip.says)? })
    });
    let failures =
        raw.failures.iter().map(|(id, name)| Failure { id: id.value.clone(), name: name.value.clone() });
    let bands = raw.bands.iter().map(|band| Band {
        from: band.from.value,
        name: band.name.value.clone(),
        means: band.means.value.clone(),
    });
    let levels = raw.skill_levels.iter();
    let levels = levels.map(|level| Level { from: level.from.value, says: level.says.value.clone() });
    Some(Model {
        file: Some(raw.file),
        id: id.to_owned(),
        title: value(&raw.title)?,
        skills: skills.collect::<Option<_>>()?,
        slips: slips.collect::<Option<_>>()?,
        failures: failures.collect(),
        bands: bands.collect(),
        skill_levels: levels.collect(),
        order_says: value(&raw.order_says)?,
        rules: rules(raw)?,
    })
}

fn rules(raw: &RawModel) -> Option<engine::Model> {
    let skills = raw.skills.iter().map(|skill| {
        let needs = skill.needs.iter().map(|any| skill_set(raw, any)).collect::<Option<_>>()?;
        Some(engine::Skill { id: skill.id.value.clone(), weight: skill.weight.as_ref()?.value, needs })
    });
    let slips = raw.slips.iter().map(|slip| {
        let skill = u8::try_from(skill_index(&raw.skills, &slip.skill.as_ref()?.value)?).ok()?;
        Some(engine::Slip { id: slip.id.value.clone(), skill })
    });
    let (caps, pass, mastery) = (raw.caps.as_ref()?, raw.pass.as_ref()?, raw.mastery.as_ref()?);
    let goodwill = raw.goodwill.as_ref()?;
    Some(engine::Model {
        skills: skills.collect::<Option<_>>()?,
        out_of_order: raw.out_of_order.as_ref()?.value,
        slips: slips.collect::<Option<_>>()?,
        caps: [caps.serious.value, caps.critical.value],
        bands: raw.bands.iter().map(|band| band.from.value).collect(),
        pass: engine::PassRule {
            score: pass.score.value,
            every_skill: pass.every_skill.value,
            single_chance: pass.single_chance.value,
        },
        mastery: engine::MasteryRule { score: mastery.score.value, every_skill: mastery.every_skill.value },
        goodwill: engine::GoodwillRule {
            by_rating: goodwill.by_rating.each_ref().map(|change| change.value),
            slip: goodwill.slip.value,
            serious: goodwill.serious.value,
            critical: goodwill.critical.value,
        },
    })
}

fn skill_set(raw: &RawModel, names: &[At<String>]) -> Option<u16> {
    names.iter().try_fold(0, |set, name| {
        Some(set | 1u16.checked_shl(u32::try_from(skill_index(&raw.skills, &name.value)?).ok()?)?)
    })
}

fn skill_index(skills: &[RawSkill], name: &str) -> Option<usize> {
    skills.iter().position(|skill| skill.id.value == name)
}
