#include "workshop.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "adapters/replay/timestamp.hpp"
#include "bot/app.hpp"
#include "bot/cli/cli.hpp"
#include "bot/pipeline/committer.hpp"

namespace rapport::test {

const std::string_view champion_rules = R"(rules:
  - name: champion-asks
    title: A champion asks
    when: person.role has champion and message.kind = question
    ask: ["@ada"]
    urgency: high
    tests:
      - given: {person.role: champion, message.text: "Does it speak IPv6?"}
        expect: ask
      - given: {person.role: champion, message.text: "Good morning"}
        expect: silence
)";

namespace {

constexpr std::string_view team = R"(brand:
  names: [Acme]
  accounts: ["chat:home:brand"]
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, hours: always, lead: true}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], hours: always}
)";

}  // namespace

Workshop::Workshop() {
    std::string name = (std::filesystem::temp_directory_path() / "rapport-cli-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    folder_ = name;
    write("rapport.yaml", "web: {port: 1}\n");
    write("team.yaml", team);
    write("rules.yaml", champion_rules);
}

Workshop::~Workshop() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> Workshop::places() const {
    return {"--config", folder_.string(), "--store", store().string(), "--zone", "UTC"};
}

Ran Workshop::run(std::vector<std::string> arguments, const char* typed) const {
    const std::vector<std::string> where = places();
    arguments.insert(arguments.begin(), where.begin(), where.end());
    std::ostringstream out, err;
    std::istringstream in{typed ? typed : ""};
    cli::Terminal terminal{out, err, in, typed != nullptr, false, 80};
    const int code = cli::run(arguments, terminal);
    return {code, out.str(), err.str()};
}

void Workshop::write(std::string_view file, std::string_view text) const {
    std::ofstream{path(file), std::ios::binary} << text;
}

void Workshop::commit(const std::vector<Input>& inputs) const {
    Places where;
    where.config = folder_;
    const LoadedWorld loaded = load_world(where);
    if (!loaded.world) throw std::runtime_error(loaded.problems.front());
    SqliteOptions options;
    options.path = store().string();
    options.full_sync = false;
    const auto opened = open_sqlite(options).value();
    Engine engine{loaded.world};
    Committer committer{*opened, engine};
    if (committer.commit(inputs).value().quarantined > 0) throw std::runtime_error("quarantined");
}

void Workshop::fill() const {
    const Time start = moment("2026-03-02 10:00");
    using std::chrono::minutes;
    commit({known("lena", {"champion"}, "ada", start),
            said("lena", "m1", "Does 2.0 speak IPv6?", start + minutes{1}),
            said("omar", "m2", "Where is the manual?", start + minutes{60}),
            said("ada", "m3", "It is on the website.", start + minutes{62}, "m2"),
            said("rex", "m4", "Build 7 is red?", start + minutes{90}, "", "bot")});
}

Time moment(std::string_view text) {
    return replay::parse_time(text).value();
}

AccountKey account(std::string_view who) {
    return {"chat", "home", std::string(who)};
}

Input said(std::string_view who, std::string_view id, std::string_view text, Time at,
           std::string_view reply_to, std::string_view role) {
    Message message;
    message.channel = {{"chat", "home", "help"}, "help", ChannelKind::open};
    message.id = id;
    message.author.key = account(who);
    message.author.handle = who;
    message.text = text;
    message.at = at;
    message.reply_to = reply_to;
    message.role = role;
    Event event;
    event.body = MessagePosted{std::move(message), false};
    return {std::move(event), at};
}

Input known(std::string_view who, std::vector<std::string> roles, std::string_view owner, Time at) {
    Account whom;
    whom.key = account(who);
    whom.handle = who;
    Event event;
    event.body = ContactStated{std::move(whom), std::move(roles), std::string(owner), "met at a fair", at};
    return {std::move(event), at};
}

}  // namespace rapport::test
