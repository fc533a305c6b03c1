// The weekly report over a real recording, with ten of its people as invented staffers: its numbers add up,
// and are those of a slow and obvious count over the very lines of the file.
//
// RAPPORT_REPORTS=DIR keeps the reports, their pictures and the two counts there.

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "bot/heads/trained_reader.hpp"
#include "bot/reading/reading.hpp"
#include "bot/reports/dates.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

const std::filesystem::path irc =
    std::filesystem::path{RAPPORT_SHARED_DIR} / "data/replay/ubuntu_irc.jsonl.gz";
constexpr const char* brand = "Ubuntu";

struct Said {
    std::string id{}, author{}, text{};
    Time at{};
};

Time time_of(std::string_view iso) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milliseconds = 0;
    REQUIRE(std::sscanf(std::string(iso).c_str(), "%d-%d-%dT%d:%d:%d.%dZ", &year, &month, &day, &hour,
                        &minute, &second, &milliseconds) == 7);
    return std::chrono::sys_days{std::chrono::year{year} / month / day} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} +
           std::chrono::milliseconds{milliseconds};
}

/// Unpacks the recording into `folder` (under a sanitizer its beginning must do): what people said in it.
std::vector<Said> lines_of_file(const std::filesystem::path& folder) {
    const std::filesystem::path plain = folder / "ubuntu_irc.jsonl";
    const std::string few = std::getenv("RAPPORT_SLOW") ? " | head -n 30000" : "";
    REQUIRE(std::system(("gzip -dc '" + irc.string() + "'" + few + " >'" + plain.string() + "'").c_str()) ==
            0);
    std::vector<Said> all;
    std::ifstream file{plain};
    for (std::string line; std::getline(file, line);) {
        const json::object object = json::parse(line).as_object();
        if (object.contains("sys")) continue;
        all.push_back({std::string(object.at("id").as_string()), std::string(object.at("author").as_string()),
                       std::string(object.at("text").as_string()), time_of(object.at("ts").as_string())});
    }
    return all;
}

std::string small(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return text;
}

/// The names that the text begins with: "ada: hi", "ada, bea: hi", "@ada hi".
std::vector<std::string> names_at_start(const std::string& text) {
    std::vector<std::string> names;
    std::size_t at = 0;
    while (names.size() < 4) {
        while (at < text.size() && text[at] == ' ') ++at;
        const std::size_t end = std::min(text.find_first_of(" :,\n\t", at), text.size());
        const bool marked = at < text.size() && text[at] == '@';
        const std::string name = text.substr(at + marked, end - at - marked);
        const char after = end < text.size() ? text[end] : ' ';
        if (name.empty() || name.size() > 64 || (after != ':' && after != ',' && !marked)) break;
        names.push_back(small(name));
        at = end + 1;
        if (after == ':' || at > text.size()) break;
    }
    return names;
}

/// Ten who answer others most, and are no bots by their names.
std::vector<std::string> ten_helpers(const std::vector<Said>& lines) {
    std::set<std::string> known;
    for (const Said& one : lines) known.insert(small(one.author));
    std::map<std::string, int> answers;
    for (const Said& one : lines)
        for (const std::string& name : names_at_start(one.text))
            if (known.contains(name) && name != small(one.author)) ++answers[one.author];
    std::vector<std::pair<int, std::string>> most;
    for (const auto& [author, count] : answers)
        if (small(author).find("bot") == std::string::npos) most.emplace_back(-count, author);
    std::sort(most.begin(), most.end());
    std::vector<std::string> ten;
    for (std::size_t i = 0; i < 10; ++i) ten.push_back(most.at(i).second);
    return ten;
}

struct Invented {
    const char* name;
    const char* full_name;
    const char* zone;
    const char* hours;
};
constexpr Invented invented[] = {
    {"ada", "Ada Winter", "Europe/Berlin", "office"},
    {"bea", "Bea Morgan", "America/New_York", "{daily: \"08:00-20:00\"}"},
    {"cyd", "Cyd 田中", "Asia/Tokyo", "office"},
    {"dora", "Dora Králová", "Europe/Prague",
     "{mon-thu: \"09:00-12:30, 13:30-17:00\", fri: \"09:00-14:00\"}"},
    {"emil", "Émile Roux", "America/Los_Angeles", "office"},
    {"fay", "Fay O'Neill", "Asia/Kolkata", "{daily: \"22:00-06:00\"}"},
    {"gus", "Gus Lind", "Australia/Sydney", "office"},
    {"hana", "Hana Łęcka", "America/Sao_Paulo", "{mon-sat: \"10:00-19:00\"}"},
    {"ivo", "Ivo مرحبا", "Africa/Nairobi", "office"},
    {"jun", "Jun Park", "Pacific/Auckland", "always"},
};

void write_config(const std::filesystem::path& folder, const std::vector<std::string>& ten) {
    std::filesystem::create_directory(folder);
    for (const char* file : {"rapport.yaml", "rules.yaml"})
        std::filesystem::copy_file(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config" / file,
                                   folder / file);
    std::ofstream team{folder / "team.yaml"};
    team << "brand: {names: [" << brand << "], accounts: []}\nstaff:\n";
    for (std::size_t i = 0; i < ten.size(); ++i)
        team << "  " << invented[i].name << ":\n    full_name: \"" << invented[i].full_name
             << "\"\n    zone: " << invented[i].zone << "\n    hours: " << invented[i].hours
             << "\n    accounts: [" << json::serialize(json::string("replay:ubuntu_irc:" + ten[i])) << "]\n"
             << (i == 9 ? "    lead: true\n" : "");
    team << "groups: {community: [ada, bea, cyd, dora, emil], support: [fay, gus, hana, ivo, jun]}\n";
}

/// Roles for those who say most and are not on the team, so that the rules have something to say.
void write_roles(const std::filesystem::path& file, const std::vector<Said>& lines,
                 const std::vector<std::string>& ten) {
    std::map<std::string, int> count;
    for (const Said& one : lines) ++count[one.author];
    for (const std::string& one : ten) count.erase(one);
    std::vector<std::pair<int, std::string>> most;
    for (const auto& [author, many] : count) most.emplace_back(-many, author);
    std::sort(most.begin(), most.end());
    most.resize(100);
    std::ofstream out{file};
    out << "platform,realm,id,handle,roles,owner\n";
    const char* roles[] = {"champion", "customer", "partner"};
    for (std::size_t i = 0; i < most.size(); ++i)
        out << "replay,ubuntu_irc," << most[i].second << ',' << most[i].second << ',' << roles[i % 3] << ','
            << invented[i % 10].name << '\n';
}

struct Count {
    std::map<std::string, std::size_t> said{}, answered{};  ///< By staffer.
    std::size_t messages = 0, waits = 0, conversations = 0, conversations_answered = 0;
    std::set<std::string> persons{};
};

/// A conversation in the slow count.
struct Talk {
    struct Waiter {
        std::string who{};
        Time since{};
        std::string answered_by{};  ///< A staffer; empty: nobody.
        Time answered{};
        bool forgotten = false;  ///< A conversation remembers at most eight.
    };
    std::vector<Waiter> waits{};
};

constexpr std::size_t nothing = std::size_t(-1);

/// Where the program put a line: what it cannot be asked about, only counted after.
struct Put {
    std::int64_t conversation = 0;
    std::size_t answers = nothing;  ///< A line.
};

/// Everybody's every wait, by going over all lines and looking back at the last ones for each.
class SlowCount {
public:
    SlowCount(const std::vector<Said>& lines, const std::vector<std::string>& ten,
              const std::set<std::string>& bots, const std::vector<Put>& puts)
        : lines_(lines), ten_(ten), bots_(bots), puts_(puts), reader_(std::vector<std::string>{brand}) {
        for (std::size_t i = 0; i < lines_.size(); ++i) hear(i);
    }

    Count within(Time from, Time until) const {
        Count count;
        for (const Said& one : lines_) {
            if (one.at < from || one.at >= until) continue;
            if (is_staff(one.author)) {
                ++count.said[one.author];
            } else {
                ++count.messages;
                count.persons.insert(one.author);
            }
        }
        for (const auto& [_, talk] : talks_) {
            std::size_t waits = 0, answered = 0;
            for (const Talk::Waiter& one : talk.waits) {
                if (one.since < from || one.since >= until) continue;
                ++waits;
                if (one.answered_by.empty() || one.answered >= until) continue;
                ++answered;
                ++count.answered[one.answered_by];
            }
            count.waits += waits;
            count.conversations += waits > 0;
            count.conversations_answered += answered > 0;
        }
        return count;
    }

private:
    bool is_staff(const std::string& who) const {
        return std::find(ten_.begin(), ten_.end(), who) != ten_.end();
    }

    /// Whom the line speaks to: whoever it answers, and whoever it names who spoke here in the last half
    /// hour.
    std::set<std::string> addressed(std::size_t now) const {
        std::set<std::string> all;
        if (puts_[now].answers != nothing) all.insert(lines_[puts_[now].answers].author);
        // The program forgets the older half of its last 64 lines whenever they are 64.
        const std::size_t first = now <= 64 ? 0 : (now - 64 + 31) / 32 * 32;
        for (const std::string& name : names_at_start(lines_[now].text))
            for (std::size_t i = now; i-- > first;)
                if (lines_[now].at - lines_[i].at <= 30min && small(lines_[i].author) == name)
                    all.insert(lines_[i].author);
        return all;
    }

    void hear(std::size_t now) {
        const Said& line = lines_[now];
        const std::size_t answers = puts_[now].answers;
        std::vector<Talk::Waiter>& waits = talks_[puts_[now].conversation].waits;
        if (is_staff(line.author)) {
            const std::set<std::string> to = addressed(now);
            for (Talk::Waiter& one : waits)
                if (!one.forgotten && to.contains(one.who) && one.answered_by.empty()) {
                    one.answered_by = line.author;
                    one.answered = line.at;
                }
        }
        if (is_staff(line.author) || bots_.contains(line.author)) return;
        ReadingContext context;
        context.answers_team = answers != nothing && is_staff(lines_[answers].author);
        if (!reader_.read(line.text, context).needs_reply) return;
        const bool waits_already = std::any_of(waits.begin(), waits.end(), [&](const Talk::Waiter& one) {
            return !one.forgotten && one.who == line.author && one.answered_by.empty();
        });
        if (waits_already) return;
        for (Talk::Waiter& one : waits) one.forgotten = one.forgotten || one.who == line.author;
        const auto remembered = [](const Talk::Waiter& one) { return !one.forgotten; };
        if (std::count_if(waits.begin(), waits.end(), remembered) >= 8)
            std::find_if(waits.begin(), waits.end(), remembered)->forgotten = true;
        waits.push_back({line.author, line.at, {}, {}, false});
    }

    const std::vector<Said>& lines_;
    const std::vector<std::string>& ten_;
    const std::set<std::string>& bots_;
    const std::vector<Put>& puts_;
    heads::TrainedReader reader_;
    std::map<std::int64_t, Talk> talks_{};
};

std::vector<Put> puts_of(const std::filesystem::path& path, const std::vector<Said>& lines) {
    SqliteOptions options;
    options.path = path.string();
    options.read_only = true;
    const auto store = open_sqlite(options).value();
    std::map<std::string, std::size_t> by_id;
    for (std::size_t i = 0; i < lines.size(); ++i) by_id[lines[i].id] = i;
    std::map<MessageId, std::size_t> lines_by_row;
    std::vector<Put> puts(lines.size());
    REQUIRE(store->each_message({}, [&](const MessageRow& row, const AccountRow&, const ChannelRow&) {
        const std::size_t line = by_id.at(row.native);
        lines_by_row[row.id] = line;
        puts[line].conversation = std::int64_t(row.conversation);
        if (row.reply_to != MessageId::none) puts[line].answers = lines_by_row.at(row.reply_to);
        return true;
    }));
    return puts;
}

/// Accounts that the program holds for bots: whom it does not see waiting.
std::set<std::string> bots_of(const std::filesystem::path& path) {
    SqliteOptions options;
    options.path = path.string();
    options.read_only = true;
    const auto store = open_sqlite(options).value();
    std::set<std::string> bots;
    for (const AccountRow& row : store->find_accounts("", 1'000'000).value())
        if (row.bot || !row.suspicion.empty()) bots.insert(row.key.id);
    return bots;
}

/// The ISO weeks in which most was said.
std::vector<std::string> busiest_weeks(const std::vector<Said>& lines, std::size_t most) {
    std::map<std::string, int> count;
    for (const Said& one : lines) ++count[reports::week_name(std::chrono::floor<std::chrono::days>(one.at))];
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [week, many] : count) order.emplace_back(-many, week);
    std::sort(order.begin(), order.end());
    std::vector<std::string> weeks;
    for (std::size_t i = 0; i < most; ++i) weeks.push_back(order.at(i).second);
    return weeks;
}

std::uint64_t number(const json::value& value) {
    return value.to_number<std::uint64_t>();
}

void compare(const json::object& report, const Count& count, const std::vector<std::string>& ten) {
    CHECK(report.at("does_not_add_up").as_array().empty());
    CHECK(number(report.at("messages")) == count.messages);
    CHECK(number(report.at("persons")) == count.persons.size());
    CHECK(number(report.at("waits").at("total")) == count.waits);
    CHECK(number(report.at("conversations")) == count.conversations);
    CHECK(number(report.at("conversations_answered")) == count.conversations_answered);
    std::size_t answered = 0;
    for (std::size_t i = 0; i < ten.size(); ++i) {
        const json::object& line = report.at("staffers").as_array().at(i).as_object();
        CAPTURE(line.at("name").as_string());
        const auto find = [&](const auto& all) { return all.contains(ten[i]) ? all.at(ten[i]) : 0; };
        CHECK(number(line.at("messages")) == find(count.said));
        CHECK(number(line.at("verified")) == find(count.answered));
        answered += find(count.answered);
    }
    CHECK(number(report.at("waits").at("verified")) == answered);
}

}  // namespace

TEST_CASE("the weekly report on a real recording adds up, and agrees with a slow count over its lines") {
    if (!std::filesystem::exists(irc)) RAPPORT_SKIP("the shared recordings are not here (data/replay)");
    const TemporaryFolder temporary;
    const char* wanted = std::getenv("RAPPORT_REPORTS");
    const std::filesystem::path folder = wanted ? wanted : temporary.path() / "reports";
    std::filesystem::create_directories(folder);
    const std::vector<Said> lines = lines_of_file(temporary.path());
    const std::vector<std::string> ten = ten_helpers(lines);
    const std::filesystem::path config = temporary.path() / "config", store = temporary.path() / "store.db",
                                roles = temporary.path() / "roles.csv";
    write_config(config, ten);
    write_roles(roles, lines, ten);
    const Ran replayed =
        run_program(temporary.path(), {"replay", "-q", "--config", config.string(), "--store", store.string(),
                                       roles.string(), (temporary.path() / "ubuntu_irc.jsonl").string()});
    REQUIRE(replayed.errors == "");
    REQUIRE(replayed.code == 0);
    const std::set<std::string> bots = bots_of(store);
    const std::vector<Put> puts = puts_of(store, lines);
    const SlowCount slow{lines, ten, bots, puts};

    const auto report = [&](std::vector<std::string> which, const std::string& name) {
        std::vector<std::string> arguments{"report", "--config", config.string(), "--store", store.string(),
                                           "--zone", "UTC"};
        arguments.insert(arguments.end(), which.begin(), which.end());
        const auto keep = [&](std::vector<std::string> more, const std::string& ending) {
            std::vector<std::string> all = arguments;
            all.insert(all.end(), more.begin(), more.end());
            const Ran ran = run_program(temporary.path(), all);
            CHECK(ran.errors == "");
            CHECK(ran.code == 0);
            std::ofstream{folder / (name + ending)} << ran.output;
            return ran.output;
        };
        keep({"--picture", (folder / (name + ".png")).string()}, ".txt");
        keep({"--csv"}, ".csv");
        CHECK(std::filesystem::file_size(folder / (name + ".png")) < 512 * 1024);
        return json::parse(keep({"--json"}, ".json")).as_object();
    };
    std::ofstream counted{folder / "slow-count.txt"};
    const auto both = [&](std::vector<std::string> which, const std::string& name, Time from, Time until) {
        CAPTURE(name);
        const Count count = slow.within(from, until);
        compare(report(std::move(which), name), count, ten);
        std::size_t answered = 0;
        for (const auto& [who, many] : count.answered) answered += many;
        counted << name << ": " << count.messages << " messages by " << count.persons.size() << " persons, "
                << count.waits << " waits in " << count.conversations << " conversations, " << answered
                << " answered by staff\n";
    };
    for (const std::string& week : busiest_weeks(lines, 3)) {
        const auto stretch = reports::parse_week(week, "UTC").value();
        both({"--week", week}, week, stretch.from, stretch.until);
    }
    both({"--all"}, "all", lines.front().at, Time::max());
}

}  // namespace rapport::test
