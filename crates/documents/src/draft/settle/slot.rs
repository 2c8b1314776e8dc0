//! What of a draft can be written, by its pointer.

/// What is written somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// One line.
    Line,
    /// Text of several lines.
    Text,
    /// Words that are understood as a target, a deadline or a weight.
    Said,
    /// Mission and programme.
    Programme,
    /// The kinds of an objective.
    Kinds,
    /// The profile of an indicator.
    Profile,
}

/// A place that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// Its pointer.
    pub(super) pointer: String,
    /// What is written there.
    pub(super) holds: Holds,
    /// Whether something must be.
    pub(super) needed: bool,
    /// Which part of the words, when they are of several.
    pub(super) part: Option<usize>,
}

/// What people are told they can write.
pub(super) const WRITABLE: &str = "Si possono scrivere i testi, i pesi, i valori attesi, le scadenze, i tipi e i profili: per esempio /objectives/3/title o /objectives/3/indicators/0/target.";

/// What an object's member holds, and whether it must be there.
type Member = (Holds, bool);

const LINE: Option<Member> = Some((Holds::Line, false));
const NEEDED_LINE: Option<Member> = Some((Holds::Line, true));
const TEXT: Option<Member> = Some((Holds::Text, false));
const NEEDED_TEXT: Option<Member> = Some((Holds::Text, true));
const SAID: Option<Member> = Some((Holds::Said, false));

/// The place a pointer names, when it can be written. Inside words that are understood it names the words, or a part of them.
pub(super) fn slot(pointer: &str) -> Option<Slot> {
    let steps: Vec<&str> = pointer.strip_prefix('/')?.split('/').collect();
    for inside in 0..=steps.len().min(4) {
        let (at, tail) = steps.split_at_checked(steps.len().saturating_sub(inside))?;
        let Some((holds, needed)) = member(at) else { continue };
        let part = match (holds, tail) {
            (_, []) | (Holds::Said, ["words"]) | (Holds::Programme, ["label"]) => None,
            (Holds::Said, ["value", "parts", part] | ["value", "parts", part, "words"]) => {
                Some(part.parse().ok()?)
            }
            _ => return None,
        };
        return Some(Slot { pointer: format!("/{}", at.join("/")), holds, needed, part });
    }
    None
}

fn member(steps: &[&str]) -> Option<Member> {
    match steps {
        ["plan", "title"]
        | ["plan", "scale", _, "label"]
        | ["units", _, "name"]
        | ["sections", _, "title"]
        | ["units", _, "staff", _, "qualification" | "posts"] => NEEDED_LINE,
        ["units", _, "responsible"] | ["units", _, "staff", _, "category" | "women" | "men"] => LINE,
        ["units", _, "activities"] => TEXT,
        ["sections", _, "body"] => NEEDED_TEXT,
        ["objectives", _, inside @ ..] => of_objective(inside),
        _ => None,
    }
}

fn of_objective(steps: &[&str]) -> Option<Member> {
    match steps {
        ["title"] => NEEDED_LINE,
        ["code" | "dup_objective" | "strategic_line"]
        | ["cup" | "laws", _]
        | ["assignments", _, "summary_title" | "responsible" | "delegate"]
        | ["phases", _, "code"] => LINE,
        ["description" | "purpose" | "stakeholders" | "expected_impact" | "expected_result" | "notes"]
        | ["assignments", _, "notes"]
        | ["phases", _, "expected_result" | "notes"] => TEXT,
        ["kinds"] => Some((Holds::Kinds, false)),
        ["programmes", _] => Some((Holds::Programme, false)),
        ["steps", _, "how"] | ["phases", _, "title"] => NEEDED_TEXT,
        ["deadline"]
        | ["steps", _, "when"]
        | ["assignments", _, "weight" | "card_weight"]
        | ["phases", _, "weight" | "deadline"] => SAID,
        ["indicators", _, member] | ["phases", _, "indicators", _, member] => of_indicator(member),
        _ => None,
    }
}

fn of_indicator(member: &str) -> Option<Member> {
    match member {
        "name" => NEEDED_TEXT,
        "formula_words" | "notes" => TEXT,
        "source" => LINE,
        "profile" => Some((Holds::Profile, false)),
        "target" | "deadline" | "weight" => SAID,
        _ => None,
    }
}

/// Whether a value is another, or in it.
pub(super) fn is_within(pointer: &str, holder: &str) -> bool {
    pointer.strip_prefix(holder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The pointer after the items of a list from `from` on moved by `by` places; `None` for one that is not moved.
pub(super) fn moved(pointer: &str, list: &str, from: usize, by: isize) -> Option<String> {
    let rest = pointer.strip_prefix(list)?.strip_prefix('/')?;
    let (at, inside) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    let at: usize = at.parse().ok()?;
    let place = at.checked_add_signed(by)?;
    (at >= from).then(|| format!("{list}/{place}{inside}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_written_is_words_and_nothing_else() {
        let said = slot("/objectives/3/phases/0/deadline/value/parts/2/words").unwrap();
        assert_eq!((said.pointer.as_str(), said.part), ("/objectives/3/phases/0/deadline", Some(2)));
        assert_eq!(slot("/objectives/3/indicators/0/target/words").unwrap().holds, Holds::Said);
        assert!(slot("/objectives/3/title").unwrap().needed);
        for other in [
            "",
            "/",
            "/objectives",
            "/objectives/3",
            "/units/0/code",
            "/units/0/id",
            "/objectives/3/title/words",
            "/objectives/0/deadline/value/day",
        ] {
            assert_eq!(slot(other), None, "{other}");
        }
    }

    #[test]
    fn items_move_with_everything_in_them() {
        let list = "/objectives/1/indicators";
        assert_eq!(
            moved("/objectives/1/indicators/2/name", list, 2, 1).as_deref(),
            Some("/objectives/1/indicators/3/name")
        );
        assert_eq!(moved("/objectives/1/indicators/1/name", list, 2, 1), None);
        assert_eq!(moved("/objectives/12/indicators/2", list, 0, 1), None);
    }
}
