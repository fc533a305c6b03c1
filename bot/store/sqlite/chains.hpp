#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/store/sqlite/statement.hpp"

namespace rapport::sqlite {

/// The newest message of each author (or channel): messages point back to the one before, so that a history
/// is found without an index, which would cost more than all the rest of a message.
class Chains {
public:
    /// `read` gives the newest message of an id, `write` sets (newest, id).
    Chains(Connection& connection, const char* read, const char* write)
        : read_(connection, read), write_(connection, write) {}

    /// Puts `message` at the head of the chain of `owner` and returns the message before it; 0: none.
    std::int64_t push(std::int64_t owner, std::int64_t message);
    /// The head that is to be saved with the owner's own row, which the caller does; 0: the stored one stays.
    std::int64_t take(std::int64_t owner);
    /// Saves the heads that nobody took.
    void finish();
    std::int64_t head(std::int64_t owner);
    void forget(std::int64_t owner) { heads_.erase(owner); }
    /// After a failed transaction.
    void forget_all();

private:
    struct Head {
        std::int64_t newest = 0;
        bool changed = false;
    };
    Head& find(std::int64_t owner);

    static constexpr std::size_t keep = 65536;
    Statement read_;
    Statement write_;
    std::unordered_map<std::int64_t, Head> heads_;
    std::vector<std::int64_t> changed_;
};

}  // namespace rapport::sqlite
