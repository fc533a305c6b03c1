#include "bot/reports/material.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace rapport::reports {

namespace {

/// So many people each staff account is asked for, the closest first.
constexpr std::size_t most_known = 5'000;
constexpr std::size_t most_gaps = 10'000;

class Gatherer {
public:
    Gatherer(Store& store, const World& world, Time from, Time until) : store_(store), world_(world) {
        material_.from = from;
        material_.until = until;
    }

    Result<Material> run() {
        if (Result<> opened = store_.open(material_.state); !opened) return opened.error();
        if (Result<> read = messages(); !read) return read.error();
        if (Result<> read = parents(); !read) return read.error();
        if (Result<> read = alerts(); !read) return read.error();
        if (Result<> read = relations(); !read) return read.error();
        if (Result<> read = people(); !read) return read.error();
        if (Result<> read = gaps(); !read) return read.error();
        return std::move(material_);
    }

private:
    Result<> messages() {
        return store_.each_message(material_.from - lookback,
                                   [&](const MessageRow& row, const AccountRow& author, const ChannelRow&) {
                                       if (row.deleted || row.author == AccountId::none) return true;
                                       Line line{row.id,
                                                 row.author,
                                                 row.conversation,
                                                 row.reply_to,
                                                 {},
                                                 row.at,
                                                 row.speaker,
                                                 row.via_app,
                                                 row.linked,
                                                 row.reading.needs_reply && wants_an_answer(row, author)};
                                       authors_.emplace(row.id, row.author);
                                       accounts_.insert(row.author);
                                       material_.lines.push_back(line);
                                       return true;
                                   });
    }

    /// Bots wait for nobody, marked as such or not.
    static bool wants_an_answer(const MessageRow& row, const AccountRow& author) {
        return row.speaker == Speaker::person && !author.bot && author.suspicion.empty();
    }

    /// Whom each message answers; some were said before the stretch that was read.
    Result<> parents() {
        Wanted wanted;
        for (const Line& line : material_.lines)
            if (line.reply_to != MessageId::none && !authors_.contains(line.reply_to))
                wanted.messages.push_back(line.reply_to);
        State older;
        if (Result<> loaded = store_.load(wanted, older); !loaded) return loaded;
        for (Line& line : material_.lines) {
            if (line.reply_to == MessageId::none) continue;
            if (const auto known = authors_.find(line.reply_to); known != authors_.end()) {
                line.answers = known->second;
            } else if (const MessageRow* row = older.messages.find(line.reply_to)) {
                line.answers = row->author;
                accounts_.insert(row->author);
            }
        }
        return {};
    }

    Result<> alerts() {
        Result<std::vector<AlertRow>> found = store_.alerts_since(material_.from);
        if (!found) return found.error();
        for (AlertRow& alert : *found) {
            if (alert.created >= material_.until) continue;
            accounts_.insert(alert.about);
            accounts_.insert(alert.answered_by);
            material_.alerts.push_back(std::move(alert));
        }
        return {};
    }

    Result<> relations() {
        Wanted wanted;
        for (const Staffer& staffer : world_.team.staffers())
            wanted.account_keys.insert(wanted.account_keys.end(), staffer.accounts.begin(),
                                       staffer.accounts.end());
        State& state = material_.state;
        if (Result<> loaded = store_.load(wanted, state); !loaded) return loaded;
        for (const AccountKey& key : wanted.account_keys) {
            const auto id = state.account_ids.find(key);
            if (!id || *id == AccountId::none) continue;
            Result<std::vector<AccountId>> known = store_.known_to(*id, most_known);
            if (!known) return known.error();
            accounts_.insert(*id);
            known_.insert(known->begin(), known->end());
        }
        accounts_.insert(known_.begin(), known_.end());
        return {};
    }

    /// Persons with all their accounts and the staff they are tied to: what `view_person` asks for.
    Result<> people() {
        State& state = material_.state;
        accounts_.erase(AccountId::none);
        Wanted wanted;
        wanted.accounts.assign(accounts_.begin(), accounts_.end());
        if (Result<> loaded = store_.load(wanted, state); !loaded) return loaded;
        wanted = {};
        for (const AccountId id : accounts_)
            if (const AccountRow* row = state.accounts.find(id)) wanted.persons.push_back(row->person);
        if (Result<> loaded = store_.load(wanted, state); !loaded) return loaded;
        Wanted staff;
        for (const AccountId person : wanted.persons)
            for (const AccountId id : state.accounts_of_person(person))
                for (const StaffTie& tie : state.accounts.at(id).ties) staff.accounts.push_back(tie.staff);
        if (Result<> loaded = store_.load(staff, state); !loaded) return loaded;
        std::unordered_set<AccountId> persons;
        for (const AccountId id : known_)
            if (const AccountRow* row = state.accounts.find(id)) persons.insert(row->person);
        material_.known.assign(persons.begin(), persons.end());
        std::sort(material_.known.begin(), material_.known.end());
        return {};
    }

    Result<> gaps() {
        Result<std::vector<GapRow>> all = store_.gaps(most_gaps);
        if (!all) return all.error();
        for (GapRow& gap : *all)
            if (gap.from < material_.until && gap.until > material_.from)
                material_.gaps.push_back(std::move(gap));
        std::sort(material_.gaps.begin(), material_.gaps.end(),
                  [](const GapRow& a, const GapRow& b) { return a.from < b.from; });
        return {};
    }

    Store& store_;
    const World& world_;
    Material material_{};
    std::unordered_map<MessageId, AccountId> authors_{};
    std::unordered_set<AccountId> accounts_{};
    std::unordered_set<AccountId> known_{};
};

}  // namespace

Result<Material> gather(Store& store, const World& world, Time from, Time until) {
    return Gatherer{store, world, from, until}.run();
}

Result<WeeklyReport> report_of(Store& store, const World& world, Time from, Time until,
                               std::string_view zone) {
    Result<Material> material = gather(store, world, from, until);
    if (!material) return material.error();
    return make_report(*material, world, zone);
}

Result<std::optional<Time>> first_moment(Store& store) {
    std::optional<Time> first;
    Result<> read =
        store.each_message(Time::min(), [&](const MessageRow& row, const AccountRow&, const ChannelRow&) {
            first = row.at;
            return false;
        });
    if (!read) return read.error();
    return first;
}

}  // namespace rapport::reports
