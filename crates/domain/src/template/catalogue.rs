//! The templates that come with the program: what many comuni set out to do, read in real plans and in the law, and written anew.
//! They are published by the platform like anybody's, so that a comune adopts a version that will not change under it.

use serde::{Deserialize, Serialize};

use super::TemplateFacts;
use crate::text::Code;

/// The code of the author the catalogue is published under.
pub const PLATFORM_AUTHOR: &str = "traguardo";

/// A template as its file has it.
#[derive(Serialize, Deserialize)]
struct Written {
    code: Code,
    #[serde(flatten)]
    facts: TemplateFacts,
}

const FILES: &[&str] = &[
    include_str!("catalogue/t1.json"),
    include_str!("catalogue/t2.json"),
    include_str!("catalogue/t3.json"),
    include_str!("catalogue/t4.json"),
    include_str!("catalogue/t5.json"),
    include_str!("catalogue/t6.json"),
    include_str!("catalogue/t7.json"),
    include_str!("catalogue/t8.json"),
    include_str!("catalogue/t9.json"),
    include_str!("catalogue/t10.json"),
    include_str!("catalogue/t11.json"),
    include_str!("catalogue/t12.json"),
    include_str!("catalogue/t13.json"),
    include_str!("catalogue/t14.json"),
    include_str!("catalogue/t15.json"),
    include_str!("catalogue/t16.json"),
    include_str!("catalogue/t17.json"),
    include_str!("catalogue/t18.json"),
    include_str!("catalogue/t19.json"),
    include_str!("catalogue/t20.json"),
    include_str!("catalogue/t21.json"),
];

/// The templates that come with the program, each with its code, in their order.
///
/// # Errors
/// Never, as its test shows.
pub fn catalogue() -> Result<Vec<(Code, TemplateFacts)>, serde_json::Error> {
    FILES.iter().map(|file| serde_json::from_str(file).map(|Written { code, facts }| (code, facts))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_template_and_nothing_in_it_is_unread() {
        for (number, file) in (1..).zip(FILES) {
            let written: Written = serde_json::from_str(file).unwrap();
            assert_eq!(written.code.as_str(), format!("T{number}"));
            let file: serde_json::Value = serde_json::from_str(file).unwrap();
            assert_eq!(sorted(serde_json::to_value(&written).unwrap()), sorted(file), "T{number}");
        }
    }

    /// A set is written in its own order, not in the file's.
    fn sorted(mut value: serde_json::Value) -> serde_json::Value {
        for name in ["kinds", "areas", "locked"] {
            if let Some(list) = value.get_mut(name).and_then(serde_json::Value::as_array_mut) {
                list.sort_by_key(ToString::to_string);
            }
        }
        value
    }
}
