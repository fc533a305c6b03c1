#pragma once

#include "bot/store/sqlite/statement.hpp"
#include "bot/store/state.hpp"

namespace rapport::sqlite {

/// What is decided and not yet delivered. Throws SqliteError.
class Outbox {
public:
    explicit Outbox(Connection& connection) : connection_(connection) {}
    void save(const State::Additions& added);
    std::vector<OutboxRow> pending(std::size_t limit);

private:
    void insert(const OutboxRow& row);
    /// Removes cards of the same alert, to the same people, that the new one makes pointless. True if one of
    /// them wanted to be noticed: then the new one must be.
    bool remove_replaced(const OutboxRow& row, const Card& card);

    Connection& connection_;
    std::string bytes_;
    Statement insert_{connection_,
                      "INSERT INTO outbox (id, alert, tries, next_try, last_error, body) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
    Statement remove_{connection_, "DELETE FROM outbox WHERE id = ?1"};
    Statement retry_{connection_,
                     "UPDATE outbox SET tries = ?2, next_try = ?3, last_error = ?4 WHERE id = ?1"};
    Statement of_alert_{connection_, "SELECT id, body FROM outbox WHERE alert = ?1"};
    Statement pending_{
        connection_, "SELECT id, alert, tries, next_try, last_error, body FROM outbox ORDER BY id LIMIT ?1"};
};

}  // namespace rapport::sqlite
