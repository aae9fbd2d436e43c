//! Reads the settings of a site from whichever of their formats they are in.

use super::data::Table;
use super::front_matter;
use super::rules::Site;
use super::yaml;

/// Reads a file of settings with this name and any ending; nothing if there is
/// none or it cannot be read.
pub(super) fn any(site: &Site, base: &str) -> Option<Table> {
    ["toml", "yaml", "yml", "json"]
        .iter()
        .find_map(|ending| read(site, &format!("{base}.{ending}")))
}

/// Reads a file of settings; nothing if there is none or it cannot be read.
pub(super) fn read(site: &Site, path: &str) -> Option<Table> {
    let text = site.text(path)?;
    match super::paths::ending(path).as_str() {
        "toml" => front_matter::toml_table(&text).ok(),
        "json" => front_matter::json_table(&text).ok(),
        _ => yaml::table(&text).ok(),
    }
}
