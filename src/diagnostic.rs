//! What is wrong with an archive, said so that its editor can mend it.
//!
//! A [`Diagnostic`] names one fault: what it is, where it is, what follows
//! from it and what to do. Every stage adds to one [`Diagnostics`]; the run
//! stops between stages, so that all faults of a stage are shown together.
//!
//! Nothing here prints or reads a file. A [`Place`] is a file and a range of
//! bytes; `report` cuts the excerpt out of the file when it shows the fault.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published as it is.
    Error,
    /// The site is published, and somebody should look.
    Warning,
}

impl Severity {
    /// The word that opens a message: `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Declares [`Code`] with its stable names in one table.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The kind of a fault. Its name is stable, so that people can talk
        /// about it; `docs/diagnostics.md` has a heading for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

codes! {
    /// Two addresses differ only by case, so some disks would store one file.
    AddressCase = "address-case",
    /// Two pages or files claim one address.
    AddressTaken = "address-taken",
    /// An address that some system cannot store or serve.
    AddressUnsafe = "address-unsafe",
    /// A date that is impossible or not readable.
    BadDate = "bad-date",
    /// A value of the right type that is not one of those allowed.
    BadValue = "bad-value",
    /// A link to a heading that the page does not have.
    BrokenAnchor = "broken-anchor",
    /// A link to a file or an address that the site does not have.
    BrokenLink = "broken-link",
    /// A preview could not be reached at its address and port.
    CannotListen = "cannot-listen",
    /// A file changed while it was being built.
    ChangedMeanwhile = "changed-meanwhile",
    /// The site has no `config.toml`.
    ConfigMissing = "config-missing",
    /// A key is set twice.
    DuplicateKey = "duplicate-key",
    /// An editor that could not be opened, or that failed.
    EditorFailed = "editor-failed",
    /// A file or folder that `init` or `new` would have to overwrite.
    FileExists = "file-exists",
    /// Front matter that is missing or not closed.
    FrontMatter = "front-matter",
    /// A date in the future without an embargo.
    FutureDate = "future-date",
    /// A picture without a text for those who cannot see it.
    MissingAlt = "missing-alt",
    /// A key that must be set.
    MissingKey = "missing-key",
    /// Two records claim one name.
    NameTaken = "name-taken",
    /// A file that is not UTF-8 text.
    NotUtf8 = "not-utf8",
    /// The output folder could not be written.
    OutputFailed = "output-failed",
    /// The output folder holds files that pressmark did not write.
    OutputNotOurs = "output-not-ours",
    /// A link that leads out of the site's folder, or round in a circle.
    OutsideLink = "outside-link",
    /// Records that are parts of each other.
    PartOfLoop = "part-of-loop",
    /// An address that was published once and would be lost.
    RegisterLost = "register-lost",
    /// A name or title that leaves nothing for an address.
    SlugEmpty = "slug-empty",
    /// A file under `content/` that belongs to nothing.
    StrayFile = "stray-file",
    /// A fault in a template.
    TemplateFault = "template-fault",
    /// Text that is not TOML.
    TomlSyntax = "toml-syntax",
    /// Two files claim to be the same translation, or one of itself.
    TranslationClash = "translation-clash",
    /// A key that nothing reads.
    UnknownKey = "unknown-key",
    /// A name without a record, where records are required or one has a name
    /// that is much like it.
    UnknownName = "unknown-name",
    /// A file or folder that cannot be read.
    Unreadable = "unreadable",
    /// An address that runs a script.
    UnsafeAddress = "unsafe-address",
    /// HTML that was taken out because it is not on the list of what is allowed.
    UnsafeHtml = "unsafe-html",
    /// A file under `templates/` that nothing uses.
    UnusedTemplate = "unused-template",
    /// A value of another type than the key wants.
    WrongType = "wrong-type",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A range of bytes in a file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from offsets; what lies beyond 4 GiB is cut to the last byte
    /// that a span can name.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The same span in a text that begins `offset` bytes later in its file.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }

    /// The span as offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as a path from the site's folder with `/` between its parts.
    pub file: Arc<str>,
    /// The bytes in question; none if it is the file as a whole.
    pub span: Option<Span>,
    /// A word on what stands there, shown beside it.
    pub label: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), span: None, label: None }
    }

    /// A range of bytes in a file.
    pub fn span(file: impl Into<Arc<str>>, span: impl Into<Span>) -> Self {
        Self { file: file.into(), span: Some(span.into()), label: None }
    }

    /// The same place with a word beside it.
    #[must_use]
    pub fn labeled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// One fault, with its place and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the site can be published all the same.
    pub severity: Severity,
    /// The kind of fault.
    pub code: Code,
    /// What is wrong: a phrase in lower case, without a full stop.
    pub message: String,
    /// Where it is; the first place is the one to mend.
    pub places: Vec<Place>,
    /// What follows from it.
    pub notes: Vec<String>,
    /// What to do, opening with a verb.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A fault that keeps the site from being published.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A fault that somebody should look at.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// A fault without place, notes and hints.
    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self {
            severity,
            code,
            message,
            places: Vec::new(),
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Adds a place; the first one added is the one to mend.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds what follows from the fault.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The order in which faults are shown: by place, then by code and words,
    /// so that it does not depend on which thread found one first.
    fn sort_key(&self) -> (&[Place], Code, &str) {
        (&self.places, self.code, &self.message)
    }
}

/// The faults found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// The faults, in the order in which they were found.
    list: Vec<Diagnostic>,
    /// How many of them have each code.
    counts: BTreeMap<Code, usize>,
}

impl Diagnostics {
    /// No faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        *self.counts.entry(diagnostic.code).or_default() += 1;
        self.list.push(diagnostic);
    }

    /// Adds all faults of another list.
    pub fn append(&mut self, other: Self) {
        for (code, n) in other.counts {
            *self.counts.entry(code).or_default() += n;
        }
        self.list.extend(other.list);
    }

    /// Whether any of the faults keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many faults weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|found| found.severity == severity).count()
    }

    /// How many faults have this code, without looking at each of them.
    pub fn n_of(&self, code: Code) -> usize {
        self.counts.get(&code).copied().unwrap_or_default()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Keeps one of faults that are the same in every word.
    pub fn dedup(&mut self) {
        self.list.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.list.dedup();
    }

    /// The faults in the order in which they are shown.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.list.iter().collect();
        sorted.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        sorted
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(only: Diagnostic) -> Self {
        let mut faults = Self::new();
        faults.push(only);
        faults
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, found: T) {
        found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_counted_by_their_code() {
        let fault = |code| Diagnostic::error(code, "is wrong");
        let mut faults = Diagnostics::new();
        faults.push(fault(Code::BadDate));
        faults.extend([fault(Code::BadValue), fault(Code::BadDate)]);
        let mut more = Diagnostics::new();
        more.push(fault(Code::BadDate));
        more.push(fault(Code::FileExists));
        faults.append(more);
        assert_eq!(faults.n_of(Code::BadDate), 3);
        assert_eq!(faults.n_of(Code::BadValue), 1);
        assert_eq!(faults.n_of(Code::FileExists), 1);
        assert_eq!(faults.n_of(Code::NotUtf8), 0);
        assert_eq!(faults.count(Severity::Error), 5);
    }
}
