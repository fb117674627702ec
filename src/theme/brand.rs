//! A brand's color in both schemes: whether it is legible on the theme's backgrounds, the nearest one that is, and the style
//! sheet that sets it.
//!
//! Contrast is that of WCAG 2.1: at least 4.5 to 1 for text (AA).

use color::{Oklch, OpaqueColor, Srgb};

use super::Grounds;
use crate::parse::brand::{Color, hex_color};

/// The contrast that AA requires of text.
const AA: f32 = 4.5;

/// The color scheme of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Too little contrast between a color and a background.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakContrast {
    /// The background, as `#rrggbb`.
    pub ground: String,
    /// The contrast, 1 to 21.
    pub contrast: f32,
    /// The nearest color that is legible on every background, as `#rrggbb`.
    pub better: String,
}

/// `#rrggbb`
pub fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// The background with the least contrast to a color, if that is too little.
pub fn weak_contrast(color: Color, scheme: Scheme, grounds: &Grounds) -> Option<WeakContrast> {
    let all = backgrounds(color, scheme, grounds);
    let (ground, contrast) = all
        .iter()
        .map(|ground| (*ground, contrast(color, *ground)))
        .min_by(|one, other| one.1.total_cmp(&other.1))?;
    (contrast < AA).then(|| WeakContrast {
        ground: hex(ground),
        contrast,
        better: hex(nearest(color, scheme, grounds)),
    })
}

/// The most similar color of the same hue that is legible on every background: darker in the light scheme, lighter in the
/// dark one.
pub fn nearest(color: Color, scheme: Scheme, grounds: &Grounds) -> Color {
    let mut shade = oklch(color);
    let step = if scheme == Scheme::Light { -0.004 } else { 0.004 };
    let mut nearest = color;
    while least_contrast(nearest, &backgrounds(nearest, scheme, grounds)) < AA
        && (0.0..=1.0).contains(&shade[0])
    {
        shade[0] += step;
        nearest = rgb(shade);
    }
    nearest
}

/// The style sheet of a brand: the color of links and buttons, of hover, and the tint of soft backgrounds.
pub fn style(light: Color, dark: Color) -> String {
    let pair = |of: &dyn Fn(Color, Scheme) -> Color| {
        format!("light-dark({}, {})", hex(of(light, Scheme::Light)), hex(of(dark, Scheme::Dark)))
    };
    format!(
        "/* The colors of the brand, by `brand.color` in site.yaml. */\n:root {{ --glaze: {}; --deep: {}; --soft: {}; }}\n",
        pair(&|color, _| color),
        pair(&deep),
        pair(&soft)
    )
}

/// The hover color: text on it is white in the light scheme and black in the dark one.
fn deep(color: Color, scheme: Scheme) -> Color {
    let mut shade = oklch(color);
    match scheme {
        Scheme::Light => shade[0] *= 0.82,
        Scheme::Dark => shade[0] = (shade[0] - 0.17).max(0.62),
    }
    rgb(shade)
}

fn soft(color: Color, scheme: Scheme) -> Color {
    let [_, _, hue] = oklch(color);
    match scheme {
        Scheme::Light => rgb([0.95, 0.018, hue]),
        Scheme::Dark => rgb([0.29, 0.035, hue]),
    }
}

/// The backgrounds of the theme, and the one tinted by the color itself.
fn backgrounds(color: Color, scheme: Scheme, grounds: &Grounds) -> Vec<Color> {
    let known = if scheme == Scheme::Light { &grounds.light } else { &grounds.dark };
    known.iter().filter_map(|ground| hex_color(ground)).chain([soft(color, scheme)]).collect()
}

fn least_contrast(color: Color, grounds: &[Color]) -> f32 {
    grounds.iter().map(|ground| contrast(color, *ground)).fold(f32::INFINITY, f32::min)
}

fn contrast(one: Color, other: Color) -> f32 {
    let [one, other] = [one, other].map(|color| srgb(color).relative_luminance() + 0.05);
    one.max(other) / one.min(other)
}

fn srgb(Color { r, g, b, .. }: Color) -> OpaqueColor<Srgb> {
    OpaqueColor::from_rgb8(r, g, b)
}

/// Lightness, chroma and hue.
fn oklch(color: Color) -> [f32; 3] {
    srgb(color).convert::<Oklch>().components
}

/// The nearest color that screens can show.
fn rgb(components: [f32; 3]) -> Color {
    OpaqueColor::<Oklch>::new(components).to_rgba8()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds() -> Grounds {
        Grounds {
            light: vec!["#faf8f3".to_owned(), "#ffffff".to_owned()],
            dark: vec!["#15171d".to_owned(), "#1e2028".to_owned()],
        }
    }

    #[test]
    fn an_illegible_color_has_a_nearest_legible_one() {
        let yellow = hex_color("#e0a800").unwrap();
        let found = weak_contrast(yellow, Scheme::Light, &grounds()).unwrap();
        assert!(found.contrast < 3.0, "{found:?}");
        let better = hex_color(&found.better).unwrap();
        assert_eq!(weak_contrast(better, Scheme::Light, &grounds()), None);
        assert!(
            least_contrast(better, &backgrounds(better, Scheme::Light, &grounds())) < 4.7,
            "nearest: {found:?}"
        );
        assert_eq!(weak_contrast(yellow, Scheme::Dark, &grounds()), None);
        let navy = hex_color("#003366").unwrap();
        assert_eq!(weak_contrast(navy, Scheme::Light, &grounds()), None);
        assert!(weak_contrast(navy, Scheme::Dark, &grounds()).is_some());
        let better = nearest(navy, Scheme::Dark, &grounds());
        assert_eq!(weak_contrast(better, Scheme::Dark, &grounds()), None);
    }

    #[test]
    fn buttons_are_legible_in_any_color() {
        for color in ["#000", "#fff", "#f00", "#00ff00", "#0000ff", "#888888", "#b3261e", "#ffe600"] {
            let color = hex_color(color).unwrap();
            for (scheme, text) in [(Scheme::Light, "#ffffff"), (Scheme::Dark, "#000000")] {
                let shown = nearest(color, scheme, &grounds());
                assert_eq!(weak_contrast(shown, scheme, &grounds()), None, "{} {scheme:?}", hex(color));
                let under = deep(shown, scheme);
                let contrast = contrast(under, hex_color(text).unwrap());
                assert!(contrast >= AA, "{} on {}: {contrast}", text, hex(under));
            }
        }
    }

    #[test]
    fn colors_are_written_as_in_css() {
        assert_eq!(hex_color("#0a6").map(hex).as_deref(), Some("#00aa66"));
        for wrong in ["0a6", "green", "#12", "#12345678", ""] {
            assert_eq!(hex_color(wrong), None, "{wrong}");
        }
        let style = style(hex_color("#0b6e4f").unwrap(), hex_color("#7fd8b4").unwrap());
        assert!(style.contains("--glaze: light-dark(#0b6e4f, #7fd8b4);"), "{style}");
    }
}
