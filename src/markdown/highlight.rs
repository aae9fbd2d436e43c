//! Marks the words of code by what they are, for a style sheet to colour.
//!
//! The grammars and colours are read when the first piece of code asks for
//! them. Code that is too long, or stands too deep in itself, stays plain.

use std::sync::OnceLock;

use syntect::highlighting::{Color, Theme, ThemeSet};
use syntect::html::{
    ClassStyle, css_for_theme_with_class_style, line_tokens_to_classed_spans,
};
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

/// How the classes of words begin.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// The longest code that is marked, in bytes.
const LONGEST: usize = 256 * 1024;

/// The longest line that is marked, in bytes.
const LONGEST_LINE: usize = 4096;

/// How deep code may stand in itself.
const DEEPEST: usize = 64;

/// The contrast that text must have to what is behind it.
const CONTRAST: f32 = 4.5;

/// What is behind code in the light style sheet.
const LIGHT: Color = Color { r: 0xf6, g: 0xf6, b: 0xf4, a: 0xff };

/// What is behind code in the dark style sheet.
const DARK: Color = Color { r: 0x1e, g: 0x22, b: 0x2a, a: 0xff };

/// The code as HTML with its words marked; nothing if the language is not
/// known or the code is better left plain.
pub(super) fn spans(language: &str, code: &str) -> Option<String> {
    if code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let syntaxes = syntaxes();
    let syntax = syntaxes.find_syntax_by_token(language)?;
    if std::ptr::eq(syntax, syntaxes.find_syntax_plain_text()) {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 4);
    let mut open = 0_isize;
    for line in code.split_inclusive('\n') {
        let operations = state.parse_line(line, syntaxes).ok()?;
        let (html, change) =
            line_tokens_to_classed_spans(line, &operations, CLASSES, &mut stack).ok()?;
        if stack.len() > DEEPEST {
            return None;
        }
        out.push_str(&html);
        open += change;
    }
    for _ in 0..open {
        out.push_str("</span>");
    }
    Some(out)
}

/// The grammars.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// The style sheet for marked code, with light and dark colours.
pub fn css() -> &'static str {
    static CSS: OnceLock<String> = OnceLock::new();
    CSS.get_or_init(|| {
        let themes = ThemeSet::load_defaults();
        let sheet = |name: &str, behind| {
            themes
                .themes
                .get(name)
                .map(|theme| rules(theme.clone(), behind))
                .unwrap_or_default()
        };
        let light = sheet("InspiredGitHub", LIGHT);
        let dark = sheet("base16-ocean.dark", DARK);
        // A colour that only one of the two sets must not reach the other.
        format!(
            "@media not all and (prefers-color-scheme: dark) {{\n{light}}}\n\n\
             @media (prefers-color-scheme: dark) {{\n{dark}}}\n"
        )
    })
}

/// The rules of a theme, in colours that can be read on what is behind them.
fn rules(mut theme: Theme, behind: Color) -> String {
    theme.name = None;
    theme.settings.background = Some(behind);
    theme.settings.foreground =
        theme.settings.foreground.map(|color| readable(color, behind));
    for item in &mut theme.scopes {
        item.style.background = None;
        item.style.foreground =
            item.style.foreground.map(|color| readable(color, behind));
    }
    let css = css_for_theme_with_class_style(&theme, CLASSES).unwrap_or_default();
    // The first lines are a comment on where the rules come from.
    let rules =
        css.split_once("*/").map_or(css.as_str(), |(_, rules)| rules).trim_start();
    rules.replace(".hl-code {", ".code {")
}

/// A colour, moved away from what is behind it until it can be read.
fn readable(color: Color, behind: Color) -> Color {
    let towards = if luminance(behind) > 0.5 { 0 } else { u8::MAX };
    let mut color = Color { a: u8::MAX, ..color };
    for _ in 0..64 {
        if contrast(color, behind) >= CONTRAST {
            break;
        }
        for part in [&mut color.r, &mut color.g, &mut color.b] {
            *part = if towards == 0 {
                part.saturating_sub((*part / 16).max(1))
            } else {
                part.saturating_add(((towards - *part) / 16).max(1))
            };
        }
    }
    color
}

/// The contrast of two colours, as WCAG defines it.
fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour, as WCAG defines it.
fn luminance(color: Color) -> f32 {
    let linear = |part: u8| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}
