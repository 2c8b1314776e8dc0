//! The comuni of the demo: three real ones by their public facts, two invented ones.

/// A comune of the demo. The two that no plan names are invented, with codes no comune can have.
pub(super) struct Facts {
    /// Its key.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Its province.
    pub(super) province: &'static str,
    /// Its region.
    pub(super) region: &'static str,
    /// Its ISTAT code, when it is a real one.
    pub(super) istat: Option<&'static str>,
    /// Residents, rounded: they place it among others.
    pub(super) residents: i32,
    /// Square kilometres, rounded.
    pub(super) area: i32,
    /// The plan it wrote.
    pub(super) plan: &'static str,
    /// Whether that plan is in its year.
    pub(super) in_progress: bool,
}

/// All of them.
pub(super) const COMUNI: [Facts; 5] = [
    Facts {
        code: "L454",
        name: "Truccazzano",
        province: "MI",
        region: "03",
        istat: Some("015224"),
        residents: 6_000,
        area: 22,
        plan: include_str!("plans/s2.json"),
        in_progress: false,
    },
    Facts {
        code: "F471",
        name: "Montichiari",
        province: "BS",
        region: "03",
        istat: Some("017113"),
        residents: 25_000,
        area: 82,
        plan: include_str!("plans/s3.json"),
        in_progress: true,
    },
    Facts {
        code: "G004",
        name: "Offanengo",
        province: "CR",
        region: "03",
        istat: Some("019062"),
        residents: 6_000,
        area: 13,
        plan: include_str!("plans/s4.json"),
        in_progress: false,
    },
    Facts {
        code: "Z900",
        name: "Comune dimostrativo Uno",
        province: "MI",
        region: "03",
        istat: None,
        residents: 4_000,
        area: 9,
        plan: include_str!("plans/s0.json"),
        in_progress: false,
    },
    Facts {
        code: "Z901",
        name: "Comune dimostrativo Due",
        province: "MI",
        region: "03",
        istat: None,
        residents: 12_000,
        area: 15,
        plan: include_str!("plans/s1.json"),
        in_progress: false,
    },
];
