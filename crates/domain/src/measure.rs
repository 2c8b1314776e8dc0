//! Units of measure, and the ways two figures compare.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The unit a figure is in.
    Measure, "Unità di misura: percentuale, giorni, mesi, anni, ore, minuti, numero, euro, punti di una scala, kWh, metri cubi, litri, metri, metri quadri, chilometri, chilogrammi, tonnellate." {
        /// Per cent.
        Percent = "percent",
        /// Calendar days.
        Days = "days",
        /// Months.
        Months = "months",
        /// Years.
        Years = "years",
        /// Hours.
        Hours = "hours",
        /// Minutes.
        Minutes = "minutes",
        /// A count of things.
        Number = "number",
        /// Euro.
        Euro = "euro",
        /// Points of a scale.
        Points = "points",
        /// Kilowatt hours.
        KilowattHours = "kilowatt_hours",
        /// Cubic metres.
        CubicMetres = "cubic_metres",
        /// Litres.
        Litres = "litres",
        /// Metres.
        Metres = "metres",
        /// Square metres.
        SquareMetres = "square_metres",
        /// Kilometres.
        Kilometres = "kilometres",
        /// Kilograms.
        Kilograms = "kilograms",
        /// Tonnes.
        Tonnes = "tonnes",
    }
}

vocabulary! {
    /// How a result must stand to a figure.
    Comparison, "Confronto fra risultato e valore atteso: almeno, al massimo, più di, meno di, esattamente." {
        /// Not less than it.
        AtLeast = "at_least",
        /// Not more than it.
        AtMost = "at_most",
        /// More than it.
        MoreThan = "more_than",
        /// Less than it.
        LessThan = "less_than",
        /// Exactly it.
        Exactly = "exactly",
    }
}
