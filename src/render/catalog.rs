//! The catalog, which lists everything in the course on one page, and the routes, each a way through the course for one
//! role.

use super::course::Scope;
use super::page::{Catalog, CatalogModel, RouteList};
use crate::course::Route;

/// The catalog in `folder`.
pub(super) fn catalog(scope: &Scope<'_>, folder: &str) -> Catalog {
    let course = scope.course;
    let lessons = scope.lessons.iter().map(|&at| &course.lessons[at]);
    let scenarios = scope.scenarios.iter().map(|&at| &course.scenarios[at]);
    // A draft's model scores nothing on this page.
    let scores = |model: usize| scenarios.clone().any(|each| each.story.model == model);
    let shown: Vec<usize> = scope.models.iter().copied().filter(|&model| scores(model)).collect();
    let model_position = |model| shown.iter().position(|&known| known == model).unwrap_or_default();
    let says = |objectives: &[usize]| scope.objectives(objectives, Some(&course.settings.language));
    let models = shown.iter().map(|&at| &course.models[at]);
    let models: Vec<CatalogModel> = models
        .map(|model| CatalogModel { title: model.title.clone(), pass_score: model.rules.pass.score })
        .collect();
    let pass_score = models.first().map(|model| model.pass_score);
    Catalog {
        routes: routes(scope, folder),
        modules: scope.modules(folder),
        scenarios: scope.scenario_links(folder),
        teaches: lessons.clone().map(|each| (each.slug.clone(), says(&each.objectives))).collect(),
        practices: scenarios.clone().map(|each| (each.slug.clone(), says(&each.objectives))).collect(),
        scored_by: scenarios
            .clone()
            .map(|each| (each.slug.clone(), model_position(each.story.model)))
            .collect(),
        pass_score: pass_score.filter(|score| models.iter().all(|model| model.pass_score == *score)),
        models,
        minutes: lessons
            .filter_map(|each| each.minutes)
            .chain(scenarios.filter_map(|each| each.minutes))
            .sum(),
    }
}

/// The routes, as links from a page in `folder`, without drafts. A route of drafts only is left out.
pub(super) fn routes(scope: &Scope<'_>, folder: &str) -> Vec<RouteList> {
    let routes = scope.course.settings.routes.iter().map(|route| route_list(scope, folder, route));
    routes.filter(|route| !route.lessons.is_empty() || !route.scenarios.is_empty()).collect()
}

fn route_list(scope: &Scope<'_>, folder: &str, route: &Route) -> RouteList {
    let course = scope.course;
    let lessons = route.lessons.iter().copied().filter(|&at| scope.number(at) > 0).collect::<Vec<_>>();
    let scenarios =
        route.scenarios.iter().copied().filter(|at| scope.scenarios.contains(at)).collect::<Vec<_>>();
    let taught = lessons.iter().flat_map(|&at| &course.lessons[at].objectives);
    let practiced = scenarios.iter().flat_map(|&at| &course.scenarios[at].objectives);
    let mut objectives: Vec<usize> = taught.chain(practiced).copied().collect();
    objectives.sort_unstable();
    objectives.dedup();
    let minutes = lessons.iter().filter_map(|&at| course.lessons[at].minutes);
    RouteList {
        id: route.id.clone(),
        title: route.title.clone(),
        summary: route.summary.clone(),
        minutes: minutes.chain(scenarios.iter().filter_map(|&at| course.scenarios[at].minutes)).sum(),
        lessons: lessons.iter().map(|&at| scope.lesson_link(folder, at)).collect(),
        scenarios: scenarios.iter().map(|&at| scope.scenario_link(folder, at)).collect(),
        objectives: scope.objectives(&objectives, Some(&course.settings.language)),
    }
}
