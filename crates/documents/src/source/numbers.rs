//! The numbers of a workbook as words. A workbook keeps a number and how it is to be shown: what is shown may be rounded, so the
//! number itself is written, without the noise of binary fractions, in the form its format gives: a percentage, a day, digits
//! padded with zeros. Decimals follow a comma, as they do where these files are made. Currency signs and other ornaments of a
//! format are left out.

use chrono::{Days, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As it is.
    #[default]
    Plain,
    /// As so many hundredths.
    Percent,
    /// As a day, with its hour where it has one.
    Day,
    /// As an hour.
    Hour,
    /// With at least so many digits.
    Padded(usize),
}

/// Digits a workbook keeps: what follows is the noise of binary fractions.
const DIGITS: u32 = 15;

/// The last serial that is a day: the end of the year 9999.
const LAST_DAY: i64 = 2_958_465;

/// The seconds of a day.
const DAY_SECONDS: u32 = 86_400;

impl Shown {
    /// What a number format shows: by its code, or by its number where it is one of those every program knows.
    pub(super) fn of(id: u32, code: Option<&str>) -> Self {
        match (code, id) {
            (Some(code), _) => Self::of_code(code),
            (None, 9 | 10) => Self::Percent,
            (None, 14..=17 | 22 | 27..=36 | 50..=58) => Self::Day,
            (None, 18..=21 | 45 | 47) => Self::Hour,
            (None, _) => Self::Plain,
        }
    }

    /// What a code shows, from the letters of its first part that stand for digits and not for themselves.
    fn of_code(code: &str) -> Self {
        let bare = bare(code);
        let has = |letters: &str| bare.contains(|one| letters.contains(one));
        if bare.starts_with("general") || bare.starts_with("standard") || has("@") {
            Self::Plain
        } else if has("%") {
            Self::Percent
        } else if has("yd") || (has("m") && !has("hs")) {
            if has("0#?") { Self::Plain } else { Self::Day }
        } else if has("hs") {
            if has("#?") { Self::Plain } else { Self::Hour }
        } else if bare.len() > 1 && bare.bytes().all(|one| one == b'0') {
            Self::Padded(bare.len())
        } else {
            Self::Plain
        }
    }
}

/// The first part of a code in small letters, without what it writes as it is, colours, languages and conditions.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut letters = code.chars();
    while let Some(one) = letters.next() {
        match one {
            ';' => break,
            '\\' | '_' | '*' => drop(letters.next()),
            '"' => drop(letters.by_ref().find(|other| *other == '"')),
            '[' => drop(letters.by_ref().find(|other| *other == ']')),
            other => bare.push(other.to_ascii_lowercase()),
        }
    }
    bare
}

/// A number of a workbook as words; as it stands in the file where it is none.
pub(super) fn words(raw: &str, shown: Shown, since_1904: bool) -> String {
    let raw = raw.trim();
    let shorter = |number: Decimal| number.round_sf(DIGITS);
    let Some(number) = parse(raw).and_then(shorter) else { return raw.to_owned() };
    let dressed = match shown {
        Shown::Plain => None,
        Shown::Percent => {
            number.checked_mul(Decimal::ONE_HUNDRED).map(|hundredths| format!("{}%", plain(hundredths)))
        }
        Shown::Day => day(number, since_1904),
        Shown::Hour => number.is_zero().then_some(number).or_else(|| below_one(number)).and_then(hour),
        Shown::Padded(digits) => number
            .normalize()
            .to_u64()
            .filter(|_| number.fract().is_zero())
            .map(|whole| format!("{whole:0digits$}")),
    };
    dressed.unwrap_or_else(|| plain(number))
}

fn parse(raw: &str) -> Option<Decimal> {
    let scientific = raw.contains(['e', 'E']);
    let number = if scientific { Decimal::from_scientific(raw) } else { raw.parse() };
    number.ok()
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string().replace('.', ",")
}

fn below_one(number: Decimal) -> Option<Decimal> {
    (number > Decimal::ZERO && number < Decimal::ONE).then_some(number)
}

/// The hour a part of a day is.
fn hour(part: Decimal) -> Option<String> {
    let seconds = part.checked_mul(Decimal::from(DAY_SECONDS))?.round().to_u32()?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds.min(DAY_SECONDS.saturating_sub(1)), 0)?;
    let form = if seconds.checked_rem(60)? == 0 { "%H:%M" } else { "%H:%M:%S" };
    Some(time.format(form).to_string())
}

/// The day a serial is, `31/12/2025`. The sixtieth is the 29th of February 1900, which never was but is shown.
fn day(serial: Decimal, since_1904: bool) -> Option<String> {
    if let Some(part) = below_one(serial) {
        return hour(part);
    }
    let whole = serial.floor().to_i64().filter(|day| (0..=LAST_DAY).contains(day))?;
    let day = if since_1904 {
        date(1904, 1, 1, whole)?
    } else {
        match whole {
            0 => return None,
            1..60 => date(1899, 12, 31, whole)?,
            60 => "29/02/1900".to_owned(),
            _ => date(1899, 12, 30, whole)?,
        }
    };
    let part = serial.checked_sub(serial.floor())?;
    if part.is_zero() { Some(day) } else { Some(format!("{day} {}", hour(part)?)) }
}

fn date(year: i32, month: u32, day: u32, after: i64) -> Option<String> {
    let first = NaiveDate::from_ymd_opt(year, month, day)?;
    let day = first.checked_add_days(Days::new(u64::try_from(after).ok()?))?;
    Some(day.format("%d/%m/%Y").to_string())
}

/// A day as programs write it, `2025-12-31` or `2025-12-31T08:30:00`, as words; as it stands where it is none.
pub(super) fn written_day(raw: &str) -> String {
    let (day, time) = raw.split_once('T').unwrap_or((raw, ""));
    let Ok(date) = day.trim().parse::<NaiveDate>() else { return raw.to_owned() };
    let time = time.get(..5).filter(|time| *time != "00:00");
    format!(
        "{}{}{}",
        date.format("%d/%m/%Y"),
        if time.is_some() { " " } else { "" },
        time.unwrap_or_default()
    )
}
