//! How a group is named, in one text: strictly, so that one group has one name.

use std::fmt;

use crate::comune::{ComuneCode, ProvinceCode, RegionCode};
use crate::fault::{FaultKind, Refused};
use crate::registry::{self, ClassScheme, MOST_ALIKE};
use crate::text::Code;
use crate::vocabulary::Vocabulary as _;

use super::GroupRef;

impl GroupRef {
    /// The longest reference.
    pub const MAX: usize = 47;
    /// How a reference is spelled.
    pub const PATTERN: &'static str = "^(all|region:(0[1-9]|1[0-9]|20)|province:[A-Z]{2}|class:(tuel_156:(1[0-2]|[1-9])|dm_2020:[1-9])(:region:(0[1-9]|1[0-9]|20))?|near:[A-Z][0-9]{3}:([1-9][0-9]?|[1-4][0-9]{2}|500)|custom:[A-Za-z0-9][A-Za-z0-9._/-]{0,39})$";

    /// Reads a reference.
    ///
    /// # Errors
    /// When it has no form that names a group.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let unknown = || {
            let forms = "Un gruppo è all, region:03, province:MI, class:tuel_156:6, class:tuel_156:6:region:03, near:L454:20 o custom:CODICE.";
            Refused::new(FaultKind::Malformed, forms)
        };
        let parts: Vec<&str> = text.split(':').collect();
        let reference = match parts.as_slice() {
            ["all"] => Some(Self::All),
            ["region", region] => RegionCode::parse(region).ok().map(Self::Region),
            ["province", province] => ProvinceCode::parse(province).ok().map(Self::Province),
            ["class", scheme, class] => read_class(scheme, class, None),
            ["class", scheme, class, "region", region] => {
                RegionCode::parse(region).ok().and_then(|region| read_class(scheme, class, Some(region)))
            }
            ["near", code, count] => read_near(code, count),
            ["custom", code] => Code::parse(code).ok().map(Self::Custom),
            _ => None,
        };
        reference.ok_or_else(unknown)
    }
}

fn read_class(scheme: &str, number: &str, region: Option<RegionCode>) -> Option<GroupRef> {
    let scheme = ClassScheme::from_word(scheme)?;
    let number = u8::try_from(spelled_number(number)?).ok()?;
    registry::class(scheme, number).map(|class| GroupRef::Class(scheme, class.number, region))
}

fn read_near(code: &str, count: &str) -> Option<GroupRef> {
    let code = ComuneCode::parse(code).ok()?;
    let count = spelled_number(count).filter(|count| (1..=MOST_ALIKE).contains(count))?;
    Some(GroupRef::Near(code, count))
}

/// A number in the one spelling it has: digits, none of them a zero in front.
fn spelled_number(text: &str) -> Option<u16> {
    let number: u16 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl fmt::Display for GroupRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Region(region) => write!(f, "region:{}", region.as_str()),
            Self::Province(province) => write!(f, "province:{}", province.as_str()),
            Self::Class(scheme, number, None) => write!(f, "class:{}:{number}", scheme.word()),
            Self::Class(scheme, number, Some(region)) => {
                write!(f, "class:{}:{number}:region:{}", scheme.word(), region.as_str())
            }
            Self::Near(code, count) => write!(f, "near:{code}:{count}"),
            Self::Custom(code) => write!(f, "custom:{}", code.as_str()),
        }
    }
}

impl From<GroupRef> for String {
    fn from(reference: GroupRef) -> Self {
        reference.to_string()
    }
}

impl TryFrom<String> for GroupRef {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_reference() -> impl Strategy<Value = String> {
        let region = || (1..=20_u8).prop_map(|region| format!("{region:02}"));
        prop_oneof![
            Just("all".to_owned()),
            region().prop_map(|region| format!("region:{region}")),
            "[A-Z]{2}".prop_map(|province| format!("province:{province}")),
            (1..=12_u8).prop_map(|class| format!("class:tuel_156:{class}")),
            (1..=9_u8, region()).prop_map(|(class, region)| format!("class:dm_2020:{class}:region:{region}")),
            ("[A-Z][0-9]{3}", 1..=500_u16).prop_map(|(code, count)| format!("near:{code}:{count}")),
            "custom:[A-Za-z0-9][A-Za-z0-9._/-]{0,39}",
        ]
    }

    #[test]
    fn what_names_no_group_is_refused() {
        let wrong = [
            "",
            "All",
            "all:",
            "region:21",
            "region:3",
            "region:",
            "province:mi",
            "province:MIL",
            "class:tuel_156",
            "class:tuel_156:0",
            "class:tuel_156:13",
            "class:dm_2020:10",
            "class:tuel_156:06",
            "class:tuel_156:+6",
            "class:tuel:6",
            "class:tuel_156:6:region",
            "class:tuel_156:6:province:MI",
            "near:L454",
            "near:L454:0",
            "near:L454:501",
            "near:L454:020",
            "near:l454:20",
            "custom:",
            "custom:a:b",
            "custom:è",
            "group:all",
        ];
        for text in wrong {
            assert!(GroupRef::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_group_has_one_name(text in any_reference()) {
            let reference = GroupRef::parse(&text).unwrap();
            prop_assert_eq!(reference.to_string(), text.clone());
            prop_assert!(text.len() <= GroupRef::MAX);
        }

        #[test]
        fn no_text_makes_it_panic_and_what_it_reads_it_writes(text in any::<String>()) {
            if let Ok(reference) = GroupRef::parse(&text) {
                prop_assert_eq!(reference.to_string(), text);
            }
        }
    }
}
