#include "bot/store/sqlite/realms.hpp"

#include <algorithm>

namespace rapport::sqlite {

std::int64_t Realms::known(const std::string& platform, const std::string& realm) const {
    const auto at = ids_.find(realm);
    if (at == ids_.end()) return 0;
    for (const auto& [name, id] : at->second)
        if (name == platform) return id;
    return 0;
}

void Realms::read_new() {
    Rows rows = read_.with(newest_);
    while (rows.next()) {
        newest_ = rows.integer(0);
        names_[newest_] = {rows.string(1), rows.string(2)};
        ids_[rows.string(2)].emplace_back(rows.string(1), newest_);
    }
}

std::int64_t Realms::find(const std::string& platform, const std::string& realm) {
    if (const std::int64_t id = known(platform, realm)) return id;
    read_new();
    return known(platform, realm);
}

std::int64_t Realms::make(const std::string& platform, const std::string& realm) {
    if (const std::int64_t id = find(platform, realm)) return id;
    insert_.run(platform, realm);
    return find(platform, realm);
}

const Realms::Name& Realms::name(std::int64_t id) {
    if (!names_.contains(id)) read_new();
    const auto at = names_.find(id);
    if (at == names_.end()) throw SqliteError(SQLITE_CORRUPT, "realm " + std::to_string(id) + " is missing");
    return at->second;
}

void Realms::forget() {
    names_.clear();
    ids_.clear();
    newest_ = 0;
}

}  // namespace rapport::sqlite
