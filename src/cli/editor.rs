//! Opens a file in the editor of the person at the terminal.

use std::env;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::diagnostic::{Code, Diagnostic, Place};

/// The variables that may name an editor, the first that does so counts.
const VARIABLES: &[&str] = &["VISUAL", "EDITOR"];

/// Opens a file and waits until its editor ends. The file is at `path`, and
/// called `file` where it is talked about.
pub(super) fn open(path: &Path, file: &str) -> Result<(), Diagnostic> {
    let fault = |message: String, hint: &str| {
        Diagnostic::error(Code::EditorFailed, message)
            .at(Place::file(file))
            .note("the file is written, and stays as it is")
            .hint(hint)
    };
    let is_set = |command: &String| !command.trim().is_empty();
    let set = VARIABLES
        .iter()
        .find_map(|variable| Some((variable, env::var(variable).ok().filter(is_set)?)));
    let Some((variable, command)) = set else {
        return Err(fault(
            "neither `VISUAL` nor `EDITOR` names an editor".to_owned(),
            "set one of the two, as in `export EDITOR=nano`",
        ));
    };
    let words = shlex::split(&command).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else {
        return Err(fault(
            format!("`{variable}` is `{command}`, which is no command"),
            "close its quotation marks",
        ));
    };
    let status = Command::new(program).args(arguments).arg(path).status();
    match status.map(|status| (status.success(), status.code())) {
        Ok((true, _)) => Ok(()),
        Ok((false, Some(code))) => Err(fault(
            format!("the editor `{program}` ended with the status {code}"),
            "open the file in it yourself to see what is wrong",
        )),
        Ok((false, None)) => Err(fault(
            format!("the editor `{program}` was stopped"),
            "open the file again",
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(fault(
            format!("the editor `{program}`, which `{variable}` names, cannot be found"),
            &format!("install it, or set `{variable}` to another"),
        )),
        Err(error) => Err(fault(
            format!("the editor `{program}`, which `{variable}` names, cannot be run"),
            "let your user run it, or name another",
        )
        .note(format!("the system says: {error}"))),
    }
}
