//! Takes from a style what an article of a newspaper never needs.
//!
//! A style knows every sort of source there is, and asks again and again which
//! of them it has before it: nine tenths of the time goes into that. What can
//! be answered beforehand is answered here, once, so that the same citations
//! come out several times faster. What a style shows stays as it is.

use std::iter;

use hayagriva::citationberg::taxonomy::{
    DateVariable, Kind, NameVariable, NumberVariable, PageVariable, StandardVariable,
    Variable,
};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, CslMacro, IndependentStyle,
    LayoutRenderingElement, NamesChild, TextTarget,
};

/// What is known of a condition beforehand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It always holds.
    Always,
    /// It never holds.
    Never,
    /// It depends on the article.
    Open,
}

/// Takes from a style what depends on other sorts of sources, or on what is
/// never told of an article.
pub(super) fn prune(style: &mut IndependentStyle) {
    for part in &mut style.macros {
        prune_all(&mut part.children);
    }
    prune_all(&mut style.citation.layout.elements);
    // A macro without anything in it takes those with it that name nothing
    // else, and so on; macros never name themselves.
    loop {
        let empty: Vec<String> = style
            .macros
            .extract_if(.., |part| part.children.is_empty())
            .map(|part: CslMacro| part.name)
            .collect();
        if empty.is_empty() {
            break;
        }
        let parts = style.macros.iter_mut().map(|part| &mut part.children);
        for elements in parts.chain(iter::once(&mut style.citation.layout.elements)) {
            drop_macros(elements, &empty);
        }
    }
}

/// Prunes a list of elements.
fn prune_all(elements: &mut Vec<LayoutRenderingElement>) {
    for element in elements.iter_mut() {
        match element {
            LayoutRenderingElement::Group(group) => {
                let n_children = group.children.len();
                prune_all(&mut group.children);
                clear_labels(&mut group.children, n_children);
            }
            LayoutRenderingElement::Choose(choose) => prune_choice(choose),
            LayoutRenderingElement::Names(names) => {
                substitutes(&mut names.children).for_each(prune_all);
            }
            _ => {}
        }
    }
    elements.retain(|element| !is_dead(element));
}

/// Empties a group of which only words are left that stand beside a value: a
/// group without its values is not shown.
fn clear_labels(elements: &mut Vec<LayoutRenderingElement>, n_before: usize) {
    if elements.len() < n_before && elements.iter().all(is_label) {
        elements.clear();
    }
}

/// Whether an element holds nothing but words of the style.
fn is_label(element: &LayoutRenderingElement) -> bool {
    match element {
        LayoutRenderingElement::Text(text) => {
            matches!(text.target, TextTarget::Term { .. } | TextTarget::Value { .. })
        }
        LayoutRenderingElement::Label(_) => true,
        LayoutRenderingElement::Group(group) => group.children.iter().all(is_label),
        LayoutRenderingElement::Choose(choose) => {
            let last = choose.otherwise.iter().flat_map(|last| &last.children);
            let branches = choose.branches().flat_map(|branch| &branch.children);
            branches.chain(last).all(is_label)
        }
        _ => false,
    }
}

/// Whether an element never shows anything.
fn is_dead(element: &LayoutRenderingElement) -> bool {
    match element {
        LayoutRenderingElement::Choose(choose) => {
            choose.if_.children.is_empty()
                && choose.else_if.iter().all(|branch| branch.children.is_empty())
                && choose.otherwise.as_ref().is_none_or(|last| last.children.is_empty())
        }
        LayoutRenderingElement::Group(group) => group.children.is_empty(),
        LayoutRenderingElement::Text(text) => match text.target {
            TextTarget::Variable { var, .. } => is_untold(var),
            _ => false,
        },
        LayoutRenderingElement::Date(date) => {
            date.variable.is_some_and(|variable| is_untold(Variable::Date(variable)))
        }
        LayoutRenderingElement::Names(names) => {
            let mut variables = names.variable.iter();
            variables.all(|variable| is_untold(Variable::Name(*variable)))
                && !names.children.iter().any(|child| {
                    matches!(child, NamesChild::Substitute(other) if !other.children.is_empty())
                })
        }
        _ => false,
    }
}

/// The lists of what stands in for names that are missing.
fn substitutes(
    children: &mut [NamesChild],
) -> impl Iterator<Item = &mut Vec<LayoutRenderingElement>> {
    children.iter_mut().filter_map(|child| match child {
        NamesChild::Substitute(substitute) => Some(&mut substitute.children),
        _ => None,
    })
}

/// Whether a variable is never told of an article.
fn is_untold(variable: Variable) -> bool {
    know(variable) == Known::Never
}

/// Takes the branches of a choice away that are never taken, and those behind
/// one that always is.
fn prune_choice(choose: &mut Choose) {
    let first = std::mem::replace(&mut choose.if_, always(Vec::new()));
    let mut kept = Vec::new();
    let mut otherwise = choose.otherwise.take();
    for mut branch in iter::once(first).chain(choose.else_if.drain(..)) {
        match settle(&mut branch) {
            Known::Never => {}
            Known::Open => {
                prune_all(&mut branch.children);
                kept.push(branch);
            }
            Known::Always => {
                prune_all(&mut branch.children);
                kept.push(always(branch.children));
                otherwise = None;
                break;
            }
        }
    }
    if let Some(last) = &mut otherwise {
        prune_all(&mut last.children);
    }
    if kept.is_empty() {
        // A choice has to begin with a condition.
        kept.push(always(otherwise.take().map(|last| last.children).unwrap_or_default()));
    }
    choose.if_ = kept.remove(0);
    choose.else_if = kept;
    choose.otherwise = otherwise;
}

/// A branch that is always taken.
fn always(children: Vec<LayoutRenderingElement>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: Some(vec![Kind::ArticleNewspaper]),
        variable: None,
        match_: ChooseMatch::All,
        children,
    }
}

/// Answers what can be answered of a branch's condition, and says what is
/// known of the whole.
fn settle(branch: &mut ChooseBranch) -> Known {
    let match_ = branch.match_;
    let mut answers = Vec::new();
    // A test is only kept if it is open: the others are all alike for the
    // whole, or decide it.
    if let Some(kinds) = branch.type_.take() {
        answers.extend(kinds.into_iter().map(|kind| {
            if kind == Kind::ArticleNewspaper { Known::Always } else { Known::Never }
        }));
    }
    let mut open = |tests: &mut Option<Vec<Variable>>| {
        if let Some(variables) = tests {
            variables.retain(|variable| {
                let known = know(*variable);
                answers.push(known);
                known == Known::Open
            });
        }
        if tests.as_ref().is_some_and(Vec::is_empty) {
            *tests = None;
        }
    };
    open(&mut branch.variable);
    open(&mut branch.is_numeric);
    let others = [
        branch.disambiguate.is_some(),
        branch.is_uncertain_date.is_some(),
        branch.locator.is_some(),
        branch.position.is_some(),
    ];
    answers.extend(others.into_iter().filter(|is_there| *is_there).map(|_| Known::Open));
    let any = |known| answers.contains(&known);
    match match_ {
        ChooseMatch::All if any(Known::Never) => Known::Never,
        ChooseMatch::Any if any(Known::Always) => Known::Always,
        ChooseMatch::None if any(Known::Always) => Known::Never,
        _ if any(Known::Open) => Known::Open,
        ChooseMatch::All | ChooseMatch::None => Known::Always,
        ChooseMatch::Any => Known::Never,
    }
}

/// What is known of a variable's presence.
fn know(variable: Variable) -> Known {
    let is_told = match variable {
        Variable::Standard(variable) => matches!(
            variable,
            StandardVariable::Archive
                | StandardVariable::ContainerTitle
                | StandardVariable::Language
                | StandardVariable::PublisherPlace
                | StandardVariable::Source
                | StandardVariable::Title
                | StandardVariable::URL
        ),
        Variable::Number(variable) => matches!(
            variable,
            NumberVariable::Edition
                | NumberVariable::PageFirst
                | NumberVariable::CitationNumber
        ),
        Variable::Page(PageVariable::Page) => true,
        Variable::Name(variable) => {
            matches!(variable, NameVariable::Author | NameVariable::Translator)
        }
        Variable::Date(variable) => variable == DateVariable::Issued,
    };
    // What is told counts as absent once it stood in for an author, so nothing
    // is known to be there.
    if is_told { Known::Open } else { Known::Never }
}

/// Takes the calls of macros away that show nothing.
fn drop_macros(elements: &mut Vec<LayoutRenderingElement>, empty: &[String]) {
    for element in elements.iter_mut() {
        match element {
            LayoutRenderingElement::Group(group) => {
                let n_children = group.children.len();
                drop_macros(&mut group.children, empty);
                clear_labels(&mut group.children, n_children);
            }
            LayoutRenderingElement::Choose(choose) => {
                let branches = iter::once(&mut choose.if_).chain(&mut choose.else_if);
                let children = branches.map(|branch| &mut branch.children);
                let last = choose.otherwise.iter_mut().map(|last| &mut last.children);
                for children in children.chain(last) {
                    drop_macros(children, empty);
                }
            }
            LayoutRenderingElement::Names(names) => {
                for children in substitutes(&mut names.children) {
                    drop_macros(children, empty);
                }
            }
            _ => {}
        }
    }
    elements.retain(|element| {
        let LayoutRenderingElement::Text(text) = element else {
            return !is_dead(element);
        };
        !matches!(&text.target, TextTarget::Macro { name } if empty.contains(name))
    });
}
