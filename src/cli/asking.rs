//! Asks the person at the terminal.
//!
//! Questions go to the standard error, so that the standard output has what was
//! asked of the program alone.

use inquire::autocompletion::Replacement;
use inquire::validator::Validation;
use inquire::{Autocomplete, CustomUserError, Select, Text};

use crate::new::{Ask, Question, Unanswered};

/// The person at the terminal.
pub(super) struct Terminal;

impl Ask for Terminal {
    fn text(&mut self, question: &Question<'_>) -> Result<String, Unanswered> {
        let check = |answer: &str| {
            Ok(match (question.check)(answer) {
                Ok(()) => Validation::Valid,
                Err(fault) => Validation::Invalid(fault.into()),
            })
        };
        let mut text = Text::new(question.what).with_validator(check);
        text.default = question.default;
        text.help_message = question.help;
        if !question.known.is_empty() {
            text = text.with_autocomplete(Completion { question });
        }
        text.prompt().map_err(stopped)
    }

    fn choice(&mut self, what: &str, texts: &[String]) -> Result<usize, Unanswered> {
        let texts = texts.iter().collect();
        let chosen = Select::new(what, texts).raw_prompt().map_err(stopped)?;
        Ok(chosen.index)
    }
}

/// What becomes of a question that got no answer: Esc or Ctrl-C were pressed, or
/// the terminal is gone.
fn stopped(_: inquire::InquireError) -> Unanswered {
    Unanswered::Stopped
}

/// Completes what is typed with what a question offers.
#[derive(Clone, Copy)]
struct Completion<'q> {
    /// The question.
    question: &'q Question<'q>,
}

impl Autocomplete for Completion<'_> {
    fn get_suggestions(&mut self, typed: &str) -> Result<Vec<String>, CustomUserError> {
        Ok(self.question.offers(typed))
    }

    fn get_completion(
        &mut self,
        typed: &str,
        marked: Option<String>,
    ) -> Result<Replacement, CustomUserError> {
        Ok(marked.or_else(|| self.question.offers(typed).into_iter().next()))
    }
}
