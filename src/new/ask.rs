//! How somebody is asked for what an article still needs.
//!
//! What is asked is decided in [`crate::new`], and how a question looks in
//! `cli`. Where there is nobody to ask, [`Nobody`] answers.

use crate::locale::fold;
use crate::slug::slugify;

/// Somebody who can be asked.
pub trait Ask {
    /// Asks for a text, again and again until one passes the question's check,
    /// and hands that one on.
    fn text(&mut self, question: &Question<'_>) -> Result<String, Unanswered>;

    /// Asks to choose one of several texts, the first of which is the default,
    /// and hands its index on.
    fn choice(&mut self, what: &str, texts: &[String]) -> Result<usize, Unanswered>;
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// There is nobody to answer it, and no default.
    Nobody,
    /// Whoever was asked broke off.
    Stopped,
}

/// A question for a text.
pub struct Question<'a> {
    /// What is wanted.
    pub what: &'a str,
    /// What an empty answer stands for.
    pub default: Option<&'a str>,
    /// A word on what can be written.
    pub help: Option<&'a str>,
    /// Answers to be offered; others are as good.
    pub known: &'a [String],
    /// Says what is wrong with an answer, in a phrase.
    pub check: &'a dyn Fn(&str) -> Result<(), String>,
}

impl Question<'_> {
    /// The known answers that what is typed may be the beginning of a word of.
    /// Accents need not be typed.
    pub fn offers(&self, typed: &str) -> Vec<String> {
        let (folded, slug) = (fold(typed), slugify(typed));
        let is_offered = |name: &&String| {
            begins_a_word(&fold(name), &folded)
                || (!slug.is_empty() && begins_a_word(&slugify(name), &slug))
        };
        self.known.iter().filter(is_offered).cloned().collect()
    }
}

/// Whether one of the words of a text begins with `typed`, which may itself be
/// several words.
fn begins_a_word(text: &str, typed: &str) -> bool {
    text.match_indices(typed).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric)
    })
}

/// Answers every question with its default.
pub struct Nobody;

impl Ask for Nobody {
    fn text(&mut self, question: &Question<'_>) -> Result<String, Unanswered> {
        let answer = question.default.unwrap_or_default();
        (question.check)(answer).map_err(|_| Unanswered::Nobody)?;
        Ok(answer.to_owned())
    }

    fn choice(&mut self, _: &str, _: &[String]) -> Result<usize, Unanswered> {
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is offered to somebody who has typed this.
    fn offered(typed: &str) -> Vec<String> {
        let known = ["Ana Reyes", "Bea Órgano", "Conrad Ana", "Иван Ильин"];
        let known = known.map(str::to_owned);
        let question = Question {
            what: "Byline:",
            default: None,
            help: None,
            known: &known,
            check: &|_| Ok(()),
        };
        question.offers(typed)
    }

    #[test]
    fn what_begins_a_word_is_offered() {
        assert_eq!(offered("").len(), 4);
        assert_eq!(offered("ana"), ["Ana Reyes", "Conrad Ana"]);
        assert_eq!(offered("ANA  re"), ["Ana Reyes"]);
        assert_eq!(offered("con"), ["Conrad Ana"]);
        assert_eq!(offered("organo"), ["Bea Órgano"]);
        assert_eq!(offered("иль"), ["Иван Ильин"]);
        assert_eq!(offered("eyes"), [""; 0]);
        assert_eq!(offered("!"), [""; 0]);
    }

    #[test]
    fn nobody_answers_with_the_default_if_that_is_an_answer() {
        let check = |answer: &str| match answer {
            "" => Err("say something".to_owned()),
            _ => Ok(()),
        };
        let ask = |default, check| {
            Nobody.text(&Question { what: "?", default, help: None, known: &[], check })
        };
        assert_eq!(ask(Some("a"), &check), Ok("a".to_owned()));
        assert_eq!(ask(None, &check), Err(Unanswered::Nobody));
        assert_eq!(ask(None, &|_| Ok(())), Ok(String::new()));
    }
}
