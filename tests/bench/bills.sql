-- What a figure of payment times asks: the bills that can matter, one after the other (`invoices::bills`), and how many payments are of
-- bills that are not there (`invoices::payments_without_bill`). The service's connections compile no plans. Variables: comune, first, last, on.
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SET LOCAL jit = off;
select count(*) as count from payments p where p.comune = :comune and p.day between :first and :last and not exists (select from invoices i where i.comune = p.comune and i.id = p.invoice);
select i.id, i.supplier, i.number, i.issued, i.kind, i.received, i.due, i.total, i.split_vat, i.excluded, i.disputes, i.unit, i.liquidated, i.credits_number, i.credits_issued, i.version, m.day, m.amount, m.is_credit, i.credits is not null and exists (select from invoices o where o.comune = i.comune and o.id = i.credits) as credits_known_bill from invoices i left join (select invoice, day, amount, false as is_credit from payments where comune = :comune union all select credits, received, total - split_vat, true from invoices where comune = :comune and credits is not null) m on m.invoice = i.id where i.comune = :comune and i.received <= :on order by i.id;
COMMIT;
