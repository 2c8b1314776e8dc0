//! The names of the regions, by their ISTAT codes.

use crate::comune::RegionCode;

/// What a region is called.
#[must_use]
pub fn region_name(region: &RegionCode) -> &'static str {
    match region.as_str() {
        "01" => "Piemonte",
        "02" => "Valle d'Aosta",
        "03" => "Lombardia",
        "04" => "Trentino-Alto Adige",
        "05" => "Veneto",
        "06" => "Friuli-Venezia Giulia",
        "07" => "Liguria",
        "08" => "Emilia-Romagna",
        "09" => "Toscana",
        "10" => "Umbria",
        "11" => "Marche",
        "12" => "Lazio",
        "13" => "Abruzzo",
        "14" => "Molise",
        "15" => "Campania",
        "16" => "Puglia",
        "17" => "Basilicata",
        "18" => "Calabria",
        "19" => "Sicilia",
        // A code is 01 to 20 by construction.
        _ => "Sardegna",
    }
}
