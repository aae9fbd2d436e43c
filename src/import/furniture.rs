//! The lines that many texts of one source have in common, and which of them an
//! editor approved as furniture.
//!
//! They stand in `furniture.txt`: a line that begins with `# ` is proposed, any
//! other is approved and is cut from all texts of the import.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What stands above the list.
const HEAD: &str = "## Lines that many of the texts have. Take away the `# ` before a line to have it cut\n\
    ## from all of them, and run the import again.\n";

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    /// The lines that are approved.
    approved: BTreeSet<String>,
}

impl Furniture {
    /// Reads a list as an editor left it.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        let own = lines.filter(|line| {
            !line.is_empty() && !line.starts_with("# ") && !line.starts_with("## ")
        });
        Self { approved: own.map(str::to_owned).collect() }
    }

    /// The lines that are approved.
    pub fn approved(&self) -> BTreeSet<String> {
        self.approved.clone()
    }

    /// The text of the list with these proposals: each a line and in how many texts
    /// it stands.
    pub fn text(&self, proposals: &[(String, usize)]) -> String {
        let mut text = HEAD.to_owned();
        for line in &self.approved {
            let _ = writeln!(text, "{line}");
        }
        for (line, n) in
            proposals.iter().filter(|(line, _)| !self.approved.contains(line))
        {
            let _ = write!(text, "## in {n} texts:\n# {line}\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_approves_by_taking_a_mark_away() {
        let list = Furniture::default();
        let proposals =
            [("Share this:".to_owned(), 12), ("The Rivertown Post".to_owned(), 11)];
        let text = list.text(&proposals);
        assert!(Furniture::read(&text).approved().is_empty());
        let edited = text.replace("# Share this:", "Share this:");
        let list = Furniture::read(&edited);
        assert_eq!(list.approved(), BTreeSet::from(["Share this:".to_owned()]));
        assert!(list.text(&proposals).contains("\nShare this:\n"));
        assert!(list.text(&proposals).contains("\n# The Rivertown Post\n"));
    }
}
