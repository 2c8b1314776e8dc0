//! Personal data that must not get into texts everybody may read: what can be told by its form is refused. Names cannot be told
//! from other words; whoever writes answers for them.

use crate::fault::{FaultKind, Refused};

/// What a text gives away of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalData {
    /// The tax code of a person: sixteen letters and digits.
    TaxCode,
    /// An address of electronic mail.
    EmailAddress,
    /// The number of an account.
    AccountNumber,
}

impl PersonalData {
    /// What it is called, in Italian, with its article.
    const fn words(self) -> &'static str {
        match self {
            Self::TaxCode => "un codice fiscale",
            Self::EmailAddress => "un indirizzo di posta elettronica",
            Self::AccountNumber => "un IBAN",
        }
    }
}

/// The text, when nothing in it has the form of personal data.
///
/// # Errors
/// When something has; the words say what, and do not repeat it.
pub fn without_personal_data(text: &str) -> Result<&str, Refused> {
    let Some(found) = personal_data_in(text) else { return Ok(text) };
    let detail =
        format!("Contiene {}: il registro si pubblica o si conserva senza dati personali.", found.words());
    Err(Refused::new(FaultKind::Malformed, detail))
}

/// The first kind of personal data a text holds.
#[must_use]
pub fn personal_data_in(text: &str) -> Option<PersonalData> {
    let upper = text.to_uppercase();
    if upper.split_whitespace().any(holds_an_address) {
        return Some(PersonalData::EmailAddress);
    }
    let runs: Vec<Vec<char>> = upper
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(|run| run.chars().collect())
        .collect();
    let joined: Vec<char> =
        upper.chars().filter(|c| !is_separator(*c)).map(|c| if c.is_ascii() { c } else { '?' }).collect();
    if runs.iter().any(|run| run.windows(TAX_CODE).any(has_form_of_tax_code))
        || joined.windows(TAX_CODE).any(|code| has_form_of_tax_code(code) && closes(code))
    {
        return Some(PersonalData::TaxCode);
    }
    let account =
        runs.iter().any(|run| is_italian_account(run) || is_account(run)) || joined_account(&joined);
    account.then_some(PersonalData::AccountNumber)
}

/// What people put between the groups of a code they spell out.
const fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '.' | '-' | '/' | '_' | '\u{a0}')
}

/// Whether a word has a local part, `@`, and a domain with a point in it.
fn holds_an_address(word: &str) -> bool {
    word.match_indices('@').any(|(at, _)| {
        let (before, after) = word.split_at(at);
        let domain = after.trim_start_matches('@');
        let ends_well = |part: &str| part.chars().next().is_some_and(char::is_alphanumeric);
        before.chars().next_back().is_some_and(char::is_alphanumeric)
            && ends_well(domain)
            && domain.split('.').nth(1).is_some_and(ends_well)
    })
}

const TAX_CODE: usize = 16;
/// The digits of a tax code, by their places: year, day, comune.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// The letters that take the place of digits when two persons would have one code.
const STANDING_FOR_DIGITS: &str = "LMNPQRSTUV";
const MONTHS: &str = "ABCDEHLMPRST";

fn has_form_of_tax_code(code: &[char]) -> bool {
    let digit = |c: char| c.is_ascii_digit() || STANDING_FOR_DIGITS.contains(c);
    let fits = code.iter().enumerate().all(|(place, c)| match place {
        8 => MONTHS.contains(*c),
        place if DIGITS.contains(&place) => digit(*c),
        _ => c.is_ascii_uppercase(),
    });
    // Almost no code has more than three letters for digits, and many a word would pass with seven.
    let true_digits = code.iter().filter(|c| c.is_ascii_digit()).count();
    code.len() == TAX_CODE && fits && true_digits >= 4
}

/// What each letter or digit counts in the odd places of a tax code, counted from one.
const ODD: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Whether the last letter of a tax code is the one the others ask for.
fn closes(code: &[char]) -> bool {
    let worth =
        |c: char| c.to_digit(36).map(|worth| if worth < 10 { worth } else { worth.saturating_sub(10) });
    let counts = |(place, c): (usize, &char)| {
        let even = worth(*c)?;
        if place % 2 == 1 { Some(even) } else { ODD.get(usize::try_from(even).ok()?).copied() }
    };
    let Some((last, first)) = code.split_last() else { return false };
    let sum = first.iter().enumerate().map(counts).try_fold(0_u32, |sum, one| sum.checked_add(one?));
    sum.zip(worth(*last)).is_some_and(|(sum, last)| sum % 26 == last)
}

/// The length of an Italian account number.
const ITALIAN: usize = 27;
/// The shortest and the longest account number of any country.
const SHORTEST: usize = 15;
const LONGEST: usize = 34;

fn begins_as_account(code: &[char]) -> bool {
    matches!(code, [a, b, c, d, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase()
        && c.is_ascii_digit() && d.is_ascii_digit())
}

/// Whether it looks like one of an Italian bank, even mistyped.
fn is_italian_account(code: &[char]) -> bool {
    let digits = code.get(5..15).is_some_and(|part| part.iter().all(char::is_ascii_digit));
    code.len() == ITALIAN && code.starts_with(&['I', 'T']) && begins_as_account(code) && digits
}

/// Whether it is one of any country: its two check digits are right.
fn is_account(code: &[char]) -> bool {
    if !begins_as_account(code) || !(SHORTEST..=LONGEST).contains(&code.len()) {
        return false;
    }
    let (head, tail) = code.split_at_checked(4).unwrap_or((code, &[]));
    let rest = tail.iter().chain(head).try_fold(0_u32, |rest, c| {
        let worth = c.to_digit(36)?;
        let shift = if worth < 10 { 10 } else { 100 };
        rest.checked_mul(shift)?.checked_add(worth)?.checked_rem(97)
    });
    rest == Some(1)
}

/// Whether an Italian account number is spelled in groups somewhere in the text.
fn joined_account(joined: &[char]) -> bool {
    joined.windows(ITALIAN).any(|code| is_italian_account(code) && is_account(code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Invented: the letters of nobody, with the check letter the others ask for.
    const CODE: &str = "XXXYYY00A01Z999";

    fn with_check_letter() -> String {
        let closing = ('A'..='Z').find(|last| {
            let code: Vec<char> = CODE.chars().chain([*last]).collect();
            closes(&code)
        });
        format!("{CODE}{}", closing.unwrap())
    }

    #[test]
    fn the_check_letter_is_computed_as_the_law_says() {
        // Two codes of nobody that manuals explain it with.
        for code in ["MRTMTT25D09F205Z", "RSSMRA80A01H501U"] {
            assert!(closes(&code.chars().collect::<Vec<_>>()), "{code}");
        }
        let other: Vec<char> = "MRTMTT25D09F205A".chars().collect();
        assert!(!closes(&other));
    }

    #[test]
    fn a_tax_code_is_found_however_it_is_written() {
        let code = with_check_letter();
        let (head, tail) = code.split_at(6);
        for text in [
            format!("Accesso agli atti di {code}"),
            code.to_lowercase(),
            format!("cf:{code}."),
            format!("CF{code}"),
            format!("richiesta di {head} {tail}"),
            format!("{head}-{tail}"),
            // Mistyped, it is a person's all the same.
            format!("{CODE}{}", if code.ends_with('A') { 'B' } else { 'A' }),
        ] {
            assert_eq!(personal_data_in(&text), Some(PersonalData::TaxCode), "{text}");
        }
    }

    #[test]
    fn an_address_of_electronic_mail_is_found_and_a_key_with_its_mark_is_not_one() {
        for text in ["scrivere a qualcuno@pec.example.it", "QUALCUNO@EXAMPLE.IT", "(a.b+c@d.it)", "a@@b.it"] {
            assert_eq!(personal_data_in(text), Some(PersonalData::EmailAddress), "{text}");
        }
        for text in ["PROT@2025", "verbale @ giunta", "a@b", "ore 12@"] {
            assert_eq!(personal_data_in(text), None, "{text}");
        }
    }

    #[test]
    fn an_account_number_is_found_whole_or_in_groups() {
        for text in [
            "bonifico su IT60X0542811101000000123456",
            "IT60 X054 2811 1010 0000 0123 456",
            "IT61X0542811101000000123456",
            "conto DE89370400440532013000",
        ] {
            assert_eq!(personal_data_in(text), Some(PersonalData::AccountNumber), "{text}");
        }
    }

    #[test]
    fn what_requests_are_usually_about_is_no_personal_data() {
        for text in [
            "Permesso di costruire n. 12/2024, foglio 12 mappali 12 e 34 e 567 del catasto",
            "Deliberazione G.C. n. 145 del 12/03/2024 e allegati",
            "CUP F11B22000000001, CIG 9876543210",
            "Spese per manifestazioni 2022-2024, capitoli 10501 e 10502",
            "Contratto rep. 1234/2023 con partita IVA 01234567890",
            "Determinazione n. DT00012345678901234",
        ] {
            assert_eq!(personal_data_in(text), None, "{text}");
        }
    }

    #[test]
    fn the_words_of_a_refusal_do_not_repeat_what_they_refuse() {
        let code = with_check_letter();
        let refused = without_personal_data(&code).unwrap_err();
        assert_eq!(refused.kind, FaultKind::Malformed);
        assert!(refused.detail.contains("codice fiscale") && !refused.detail.contains(&code));
        assert_eq!(without_personal_data("Bilancio 2024"), Ok("Bilancio 2024"));
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in any::<String>()) {
            let _ = personal_data_in(&text);
        }

        #[test]
        fn an_account_number_with_right_check_digits_is_found_among_other_words(
            bank in "[A-Z][0-9]{10}[A-Z0-9]{12}", before in "[a-z]{0,8}", after in "[a-z]{0,8}",
        ) {
            let checked = (2..=98).map(|check| format!("IT{check:02}{bank}"));
            let account = checked.clone().find(|one| is_account(&one.chars().collect::<Vec<_>>())).unwrap();
            let text = format!("{before} {account} {after}");
            prop_assert_eq!(personal_data_in(&text), Some(PersonalData::AccountNumber));
        }
    }
}
