#include "bot/store/sqlite/outbox.hpp"

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {
namespace {

Outgoing decode(std::int64_t id, std::string_view bytes) {
    Outgoing outgoing;
    Decoder decoder{bytes};
    decoder(outgoing);
    if (!decoder.complete())
        throw SqliteError(SQLITE_CORRUPT, "row " + std::to_string(id) + " of table outbox cannot be read");
    return outgoing;
}

}  // namespace

void Outbox::save(const State::Additions& added) {
    for (const OutboxId id : added.outbox_done) remove_.run(id);  // before inserts: they need not be replaced
    for (const OutboxRow& row : added.outbox_retry)
        retry_.run(row.id, row.tries, row.next_try, row.last_error);
    for (const OutboxRow& row : added.outbox) insert(row);
}

void Outbox::insert(const OutboxRow& row) {
    const Card* card = std::get_if<Card>(&row.outgoing.body);
    const bool notify = card && row.alert != AlertId::none && remove_replaced(row, *card);
    if (notify && !row.outgoing.notify) {
        Outgoing louder = row.outgoing;
        louder.notify = true;
        Encoder{bytes_}(louder);
    } else {
        Encoder{bytes_}(row.outgoing);
    }
    insert_.run(row.id, row.alert, row.tries, row.next_try, row.last_error, Blob{bytes_});
}

bool Outbox::remove_replaced(const OutboxRow& row, const Card& card) {
    bool notify = false;
    std::vector<std::int64_t> replaced;
    for (Rows rows = of_alert_.with(row.alert); rows.next();) {
        const Outgoing older = decode(rows.integer(0), rows.blob(1));
        const Card* older_card = std::get_if<Card>(&older.body);
        if (!older_card || older_card->id != card.id || older_card->revision > card.revision ||
            older.to != row.outgoing.to || older.team != row.outgoing.team)
            continue;
        notify |= older.notify;
        replaced.push_back(rows.integer(0));
    }
    for (const std::int64_t id : replaced) remove_.run(id);
    return notify;
}

std::vector<OutboxRow> Outbox::pending(std::size_t limit) {
    std::vector<OutboxRow> all;
    for (Rows rows = pending_.with(limit); rows.next();) {
        OutboxRow row;
        row.id = rows.id<OutboxId>(0);
        row.alert = rows.id<AlertId>(1);
        row.tries = std::uint32_t(rows.integer(2));
        row.next_try = rows.time(3);
        row.last_error = rows.text(4);
        row.outgoing = decode(rows.integer(0), rows.blob(5));
        all.push_back(std::move(row));
    }
    return all;
}

}  // namespace rapport::sqlite
