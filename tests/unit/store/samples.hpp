#pragma once

// Rows with a value other than the default in every field, and short ways to open stores.

#include <filesystem>
#include <memory>

#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/catch.hpp"
#include "support/faulty_disk.hpp"

namespace rapport::test {

inline Time at(std::int64_t seconds) {
    return Time{std::chrono::seconds{1'700'000'000 + seconds}};
}

AccountRow sample_account(std::int64_t id);
ChannelRow sample_channel(std::int64_t id);
MessageRow sample_message(std::int64_t id, std::int64_t channel = 1, std::int64_t author = 1);
ConversationRow sample_conversation(std::int64_t id);
AlertRow sample_alert(std::int64_t id);
Outgoing sample_card(std::string id, std::uint32_t revision, bool notify);
Outgoing sample_form();
OutboxRow outbox_row(std::int64_t id, std::int64_t alert, Outgoing outgoing);

/// The bytes of what is delivered: `Outgoing` has no ==.
std::string bytes_of(const Outgoing& outgoing);

/// A folder that goes with the test.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string file(const std::string& name) const { return (path / name).string(); }
    std::filesystem::path path{};
};
std::string file_contents(const std::string& path);

/// Opens a store on the disk or fails the test with the store's words.
std::unique_ptr<Store> open_on(FaultyDisk& disk);
Result<std::unique_ptr<Store>> try_open_on(FaultyDisk& disk);
std::unique_ptr<Store> open_file(const std::string& path);
/// The state as a program finds it at its start.
State opened(Store& store);
/// Saves, and settles if that worked.
Result<> save(Store& store, State& state);

}  // namespace rapport::test

/// Fails with the words of the error.
#define REQUIRE_OK(expression)                      \
    do {                                            \
        const auto& outcome_ = (expression);        \
        if (!outcome_) FAIL(outcome_.error().what); \
    } while (false)
