//! One content, one spelling: tried.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn text(json: &str) -> String {
    String::from_utf8(canonical_text(json.as_bytes()).unwrap()).unwrap()
}

fn refusal(json: &str) -> String {
    canonical_text(json.as_bytes()).expect_err(json).to_string()
}

#[test]
fn white_space_and_the_order_of_members_do_not_count() {
    let spelled = "\r\n{ \"b\" : [ 1 ,\t-2, { } ] , \"a\" : { \"z\" : null , \"y\" : true } }\n";
    assert_eq!(text(spelled), r#"{"a":{"y":true,"z":null},"b":[1,-2,{}]}"#);
}

#[test]
fn members_are_ordered_by_utf16_code_units() {
    let spelled = r#"{"\ufb33":1,"\ud83d\ude00":2,"€":3,"ö":4,"\u0080":5,"1":6,"\r":7,"10":8,"":9}"#;
    let expected = "{\"\":9,\"\\r\":7,\"1\":6,\"10\":8,\"\u{80}\":5,\"ö\":4,\"€\":3,\"😀\":2,\"\u{fb33}\":1}";
    assert_eq!(text(spelled), expected);
}

#[test]
fn only_what_must_be_escaped_is_and_in_the_shortest_way() {
    let spelled = r#""\u0022\u005c\/\u0008\u0009\u000A\u000C\u000D\u0000\u001F\u007f\u2028\u00e8""#;
    assert_eq!(text(spelled), "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u{7f}\u{2028}è\"");
}

#[test]
fn floats_however_round_are_refused() {
    for spelled in ["1.5", "1.0", "1e2", "1E0", "-0", "-0.0", "[0.1]", "18446744073709551616"] {
        assert!(refusal(spelled).contains("floating point"), "{spelled}");
    }
    assert!(canonical(&0.5).is_err());
}

#[test]
fn integers_are_plain_as_far_as_every_reader_goes() {
    assert_eq!(text("[9007199254740991,-9007199254740991,0]"), "[9007199254740991,-9007199254740991,0]");
    for spelled in ["9007199254740992", "-9007199254740992", "18446744073709551615"] {
        assert!(canonical_text(spelled.as_bytes()).is_err(), "{spelled}");
    }
}

#[test]
fn a_member_said_twice_is_refused_also_when_spelled_in_two_ways() {
    assert!(refusal(r#"{"a":1,"a":1}"#).contains("twice"));
    assert!(refusal(r#"[{"b":{"a":1,"\u0061":2}}]"#).contains("twice"));
}

#[test]
fn what_is_no_json_is_refused() {
    for spelled in ["", "{", "[1,]", "1 2", "\"\\ud800\"", "NaN", "01", "\u{feff}1", "'a'"] {
        assert!(canonical_text(spelled.as_bytes()).is_err(), "{spelled}");
    }
    assert!(canonical_text(b"\"\xff\"").is_err());
    assert!(canonical_text("[".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn a_seal_is_the_digest_of_the_canonical_bytes_and_reads_as_hexadecimal() {
    let seal = Seal::of_text(b"{ \"b\": 1, \"a\": 2 }").unwrap();
    assert_eq!(seal.digest(), Digest::of(br#"{"a":2,"b":1}"#));
    assert_eq!(seal, Seal::of(&serde_json::json!({ "a": 2, "b": 1 })).unwrap());
    assert_eq!(serde_json::to_string(&seal).unwrap(), format!("\"{}\"", seal.digest()));
    assert_eq!(Seal::stored(seal.digest()), seal);
    assert_ne!(seal, Seal::of_text(b"{\"a\":2,\"b\":\"1\"}").unwrap());
}

fn content() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\u{0}-\u{ff}\"\\\\\u{ffff}\u{10000}]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let name = prop_oneof![any::<String>(), "[a-c\u{e000}-\u{e010}\u{10000}-\u{10010}]{0,2}"];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(name, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Writes JSON in a way of its own at every place, as the next bytes of `taste` have it.
struct Speller<T>(T);

impl<T: Iterator<Item = u8>> Speller<T> {
    fn taste(&mut self) -> usize {
        usize::from(self.0.next().unwrap())
    }

    fn gap(&mut self) -> &'static str {
        ["", " ", "\n", "\t", "\r\n  "][self.taste() % 5]
    }

    fn spell(&mut self, value: &Value) -> String {
        let spelled = match value {
            Value::String(text) => self.quoted(text),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.spell(item)).collect();
                format!("[{}{}]", self.gap(), items.join(","))
            }
            Value::Object(members) => {
                let mut members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| {
                        format!("{}{}{}:{}", self.gap(), self.quoted(name), self.gap(), self.spell(value))
                    })
                    .collect();
                for from in 0..members.len() {
                    let to = self.taste().checked_rem(members.len()).unwrap();
                    members.swap(from, to);
                }
                format!("{{{}{}}}", self.gap(), members.join(","))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        };
        format!("{}{spelled}{}", self.gap(), self.gap())
    }

    fn quoted(&mut self, text: &str) -> String {
        let mut quoted = "\"".to_owned();
        for c in text.chars() {
            match (c, self.taste() % 3) {
                ('/', 0) => quoted.push_str("\\/"),
                ('\n', 0) => quoted.push_str("\\n"),
                ('"' | '\\' | '\0'..='\u{1f}', _) | (_, 0) => {
                    c.encode_utf16(&mut [0; 2])
                        .iter()
                        .for_each(|unit| write!(quoted, "\\u{unit:04X}").unwrap());
                }
                _ => quoted.push(c),
            }
        }
        quoted + "\""
    }
}

proptest! {
    #[test]
    fn every_spelling_of_a_content_has_the_same_canonical_bytes(
        value in content(), taste in proptest::collection::vec(any::<u8>(), 1..64),
    ) {
        let bytes = canonical(&value).unwrap();
        let spelled = Speller(taste.into_iter().cycle()).spell(&value);
        prop_assert_eq!(&canonical_text(spelled.as_bytes()).unwrap(), &bytes, "{}", spelled);
        prop_assert_eq!(&canonical_text(&bytes).unwrap(), &bytes);
        prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
    }

    #[test]
    fn different_contents_have_different_bytes(one in content(), other in content()) {
        prop_assert_eq!(one == other, canonical(&one).unwrap() == canonical(&other).unwrap());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = canonical_text(&bytes);
    }
}
