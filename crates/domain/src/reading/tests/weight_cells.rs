//! Weights as real plans write them.

use super::*;
use crate::text::{Code, Line};
use crate::weight::{Weight, WeightClass};

fn scale() -> Vec<WeightClass> {
    [("1", "rilevante operativo"), ("2", "rilevante strategico")]
        .into_iter()
        .map(|(code, label)| WeightClass {
            code: Code::parse(code).unwrap(),
            label: Line::parse(label).unwrap(),
            coefficient: Figure::parse(code).unwrap(),
        })
        .collect()
}

fn read(scale: &[WeightClass]) -> impl Fn(&Words) -> (String, Confidence, String) + '_ {
    |words| {
        let read = weight(words, scale);
        let value = match &read.value {
            Weight::Percent { percent } => format!("{percent}%"),
            Weight::Class { class } => format!("class {}", class.as_str()),
            Weight::Unclear => "unclear".to_owned(),
        };
        (value, read.confidence, codes(&read.remarks))
    }
}

#[test]
fn percentages_are_read_and_remarked_where_they_cannot_be() {
    const ROWS: &[Row] = &[
        ("20%", "20%", "certain", ""),
        ("10 %", "10%", "certain", ""),
        ("(50%)", "50%", "certain", ""),
        ("(100%)", "100%", "certain", ""),
        ("10", "10%", "likely", ""),
        ("12,5%", "12.5%", "certain", ""),
        ("0%", "0%", "certain", "E08"),
        ("150%", "150%", "certain", "E08"),
        ("-5%", "-5%", "certain", "E08"),
        ("<b>15%</b>", "15%", "certain", ""),
        ("Peso 20%", "20%", "certain", ""),
        ("-", "unclear", "none", "E05"),
        ("n.d.", "unclear", "none", "E05"),
        ("alto", "unclear", "none", "E06"),
        ("20% + 10%", "unclear", "none", "E06"),
        ("2 - rilevante strategico", "unclear", "none", "E06"),
    ];
    compare(ROWS, read(&[]));
}

#[test]
fn classes_are_read_by_code_and_by_label_and_contradictions_are_not_decided() {
    const ROWS: &[Row] = &[
        ("2 - rilevante strategico", "class 2", "certain", ""),
        ("1 - rilevante operativo", "class 1", "certain", ""),
        ("2 - rilevante operativo", "unclear", "none", "E06"),
        ("operativo", "class 1", "likely", ""),
        ("strategico", "class 2", "likely", ""),
        ("1- operativo", "class 1", "likely", ""),
        ("2 -Strategico - rilevante", "class 2", "certain", ""),
        ("2 - rilevante", "unclear", "none", "E06"),
        ("PESO OBJETTIVO 2 - rilevante strategico", "class 2", "certain", ""),
        ("1", "class 1", "certain", ""),
        ("rilevante", "unclear", "none", "E06"),
        ("operativo strategico", "unclear", "none", "E06"),
        ("20%", "20%", "certain", ""),
        ("2%", "2%", "certain", ""),
        ("30", "30%", "guess", ""),
        ("2 - altro", "unclear", "none", "E06"),
        ("N/P", "unclear", "none", "E05"),
    ];
    compare(ROWS, read(&scale()));
}
