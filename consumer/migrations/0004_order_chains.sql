-- OrigClOrdID (41) links a request to change or cancel an order, and what answers it, to the order before: without
-- it the messages of one order cannot be found together. Few messages have one, so the database reads it from the
-- bytes itself, only where they hold the field at all: the value up to its SOH. A regular expression would take 150
-- microseconds a message. One longer than 200 bytes, which no system issues, counts as none.
alter table fix_messages add column orig_cl_ord_id text generated always as (
  case when position('\x0134313d'::bytea in raw) > 0 then nullif(encode(
    substring(raw from position('\x0134313d'::bytea in raw) + 4 for greatest(0, position('\x01'::bytea in
      substring(raw from position('\x0134313d'::bytea in raw) + 4 for 201)) - 1)), 'escape'), '') end
) stored;

create index fix_messages_chain on fix_messages (orig_cl_ord_id) where orig_cl_ord_id is not null;
