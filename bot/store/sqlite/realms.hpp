#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/store/sqlite/statement.hpp"

namespace rapport::sqlite {

/// (platform, realm) as a small integer, so that keys stay narrow. There are few; all are kept in memory.
class Realms {
public:
    explicit Realms(Connection& connection) : connection_(connection) {}

    /// 0: no account or channel of that realm was ever stored.
    std::int64_t find(const std::string& platform, const std::string& realm);
    /// Stores it if it is new. Call `forget` if the transaction fails.
    std::int64_t make(const std::string& platform, const std::string& realm);
    struct Name {
        std::string platform{};
        std::string realm{};
    };
    /// Throws SqliteError if the id was never given out.
    const Name& name(std::int64_t id);
    void forget();

private:
    std::int64_t known(const std::string& platform, const std::string& realm) const;
    void read_new();

    Connection& connection_;
    Statement read_{connection_, "SELECT id, platform, realm FROM realms WHERE id > ?1 ORDER BY id"};
    Statement insert_{connection_, "INSERT INTO realms (platform, realm) VALUES (?1, ?2)"};
    std::unordered_map<std::int64_t, Name> names_;
    std::unordered_map<std::string, std::vector<std::pair<std::string, std::int64_t>>> ids_;  ///< By realm.
    std::int64_t newest_ = 0;
};

}  // namespace rapport::sqlite
