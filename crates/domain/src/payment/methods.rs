//! How each figure is computed, for whoever recomputes it. A version grows when what is counted or how changes.

use crate::feeder::Method;

/// Timeliness of payments.
pub(super) const ITP: Method = Method {
    code: "itp",
    version: 1,
    words: "Somma, su ogni pagamento dei giorni chiesti, dell'importo pagato (senza IVA in scissione dei pagamenti e non oltre il dovuto) per i giorni \
            di calendario dalla scadenza al pagamento, meno i giorni in cui la fattura era contestata fra la ricezione e il pagamento; diviso la somma \
            degli importi pagati. Contano i pagamenti di qualunque fattura commerciale, quando che sia emessa; un pagamento anticipato vale meno di zero.",
};

/// Mean time of payment.
pub(super) const TMP: Method = Method {
    code: "tmp",
    version: 1,
    words: "Somma, su ogni pagamento delle fatture commerciali ricevute nei giorni chiesti, dell'importo pagato per i giorni dalla ricezione al pagamento, \
            meno quelli in cui era contestata; diviso la somma degli importi pagati. I pagamenti si osservano fino al 31 marzo dell'anno dopo, o al giorno \
            da cui si guarda se viene prima; ciò che non è pagato non entra nella media ma nella copertura.",
};

/// Mean delay of payment.
pub(super) const TMR: Method = Method {
    code: "tmr",
    version: 1,
    words: "Come il tempo medio di pagamento, sulle stesse fatture ricevute nei giorni chiesti e sugli stessi pagamenti, ma contando i giorni dalla scadenza \
            invece che dalla ricezione.",
};

/// Yearly delay.
pub(super) const IRP: Method = Method {
    code: "irp",
    version: 1,
    words: "Somma degli importi per i giorni dalla scadenza al pagamento, meno i giorni contestati, divisa per la somma degli importi. Fatture commerciali scadute \
            nei giorni chiesti, pagate (anche prima di quei giorni) o non pagate, e fatture che scadono dopo ma pagate in quei giorni; per ciò che non è pagato \
            il ritardo corre fino all'ultimo dei giorni, o al giorno da cui si guarda. È una previsione: vale il dato della piattaforma.",
};

/// Share found payable within fifteen days.
pub(super) const LIQUIDATED: Method = Method {
    code: "liquidated_15",
    version: 1,
    words: "Fatture commerciali ricevute nei giorni chiesti e liquidate entro 15 giorni dalla ricezione, diviso le fatture ricevute, per cento; contate per \
            numero. Una fattura pagata si considera liquidata al più tardi il giorno del primo pagamento; quelle contestate e quelle ancora nel termine non contano.",
};
