#pragma once

#include "bot/store/sqlite/reader.hpp"

namespace rapport::sqlite {

/// Puts wanted rows into a State. What is in memory already wins over what is stored. Throws SqliteError.
class Loader {
public:
    Loader(Connection& connection, Reader& reader) : connection_(connection), reader_(reader) {}
    void open(State& state);
    void load(const Wanted& wanted, State& state);
    std::map<std::string, StafferRow> staffers();

private:
    void account(AccountId id, State& state);
    void account(const AccountKey& key, State& state);
    void person(AccountId person, State& state);
    void channel(ChannelId id, State& state);
    void channel(const ChannelKey& key, State& state);
    void message(MessageId id, State& state);
    void message(const std::pair<ChannelId, std::string>& key, State& state);

    Connection& connection_;
    Reader& reader_;
    Statement world_{connection_,
                     "SELECT now, next_account, next_channel, next_message, next_conversation, next_alert, "
                     "next_outbox, community FROM world"};
    Statement timers_{connection_, "SELECT alert, due FROM timers"};
    Statement staffers_{connection_,
                        "SELECT name, away_until, open_alerts, hours, zone, accounts FROM staffers"};
    Statement cursors_{connection_, "SELECT name, value FROM cursors"};
};

}  // namespace rapport::sqlite
