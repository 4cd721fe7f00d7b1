-- OrigClOrdID (41) links a request to change or cancel an order, and what answers it, to the order before: without
-- it the messages of one order cannot be found together. Few messages have one, so the database reads it from the
-- bytes itself, and only where they hold the field at all. Longer ones than any system issues are cut.
alter table fix_messages add column orig_cl_ord_id text generated always as (
  case when position('\x0134313d'::bytea in raw) > 0
    then substring(encode(raw, 'escape') from E'\x0141=([^\x01]{1,200})') end
) stored;

create index fix_messages_chain on fix_messages (orig_cl_ord_id) where orig_cl_ord_id is not null;
