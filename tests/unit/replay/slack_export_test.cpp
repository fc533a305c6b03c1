#include "adapters/replay/slack_export.hpp"

#include "files.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace rapport::replay::test;
using namespace std::chrono_literals;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

const std::string users = R"([
  {"id":"U1","team_id":"T1","name":"ada","real_name":"Ada Lovelace","profile":{"display_name":"Ada","image_72":"https://x.example/a.png"}},
  {"id":"U2","team_id":"T1","name":"bea","real_name":"Bea B.","profile":{"display_name":"","real_name":"Bea B."}},
  {"id":"U3","team_id":"T9","name":"guest","profile":{}},
  {"id":"UB","team_id":"T1","name":"robot","is_bot":true,"profile":{"real_name":"Robot"}}])";
const std::string channels = R"([{"id":"C1","name":"general"},{"id":"C2","name":"help"}])";

Files workspace(Files days) {
    Files files{{"users.json", users}, {"channels.json", channels}};
    files.insert(files.end(), days.begin(), days.end());
    return files;
}

Outcome read_days(const Files& days, const Options& options = {}) {
    const Folder folder;
    return read_all(folder.zip("acme.zip", workspace(days)), options);
}

std::string message(const std::string& ts, const std::string& more = "") {
    return R"({"type":"message","user":"U1","text":"at )" + ts + R"(","ts":")" + ts + "\"" +
           (more.empty() ? "" : "," + more) + "}";
}

std::vector<std::string> ids(const Outcome& outcome) {
    std::vector<std::string> found;
    for (const Event& event : outcome.events)
        if (const auto* posted = std::get_if<MessagePosted>(&event.body)) found.push_back(posted->message.id);
    return found;
}

}  // namespace

TEST_CASE("a Slack export becomes messages of its channels") {
    const Outcome outcome =
        read_days({{"general/2024-05-01.json",
                    R"([{"type":"message","user":"U1","text":"<@U2> 1 &lt; 2?","ts":"1714554000.000100",
             "thread_ts":"1714554000.000100","reply_count":1},
            {"type":"message","user":"U2","text":"yes","ts":"1714554060.000200","thread_ts":"1714554000.000100",
             "parent_user_id":"U1","edited":{"user":"U2","ts":"1714554070.000000"}}])"}});
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 2);
    const Message& question = outcome.message(0);
    CHECK(question.channel.key == ChannelKey{"slack", "T1", "C1"});
    CHECK(question.channel.name == "general");
    CHECK(question.channel.kind == ChannelKind::open);
    CHECK(question.id == "1714554000.000100");
    CHECK(question.at == Time{1714554000s});
    CHECK(question.text == "@Bea B. 1 < 2?");
    CHECK(question.mentions == std::vector<AccountKey>{{"slack", "T1", "U2"}});
    CHECK(question.author.name == "Ada");
    CHECK(question.author.handle == "ada");
    CHECK(question.author.picture == "https://x.example/a.png");
    CHECK(question.reply_to == "");
    CHECK_FALSE(question.via_app);
    CHECK(outcome.message(1).reply_to == question.id);
    CHECK(outcome.message(1).thread == question.id);
    CHECK(outcome.events[1].cursor_name == "replay:T1");
    CHECK(outcome.events[1].cursor == "2");
    CHECK_THAT(outcome.events[1].raw, ContainsSubstring("parent_user_id"));
}

TEST_CASE("all channels and days are merged in the order of time") {
    const Outcome outcome = read_days({
        {"help/2024-05-02.json",
         "[" + message("1714640000.000000") + "," + message("1714640009.000002") + "]"},
        {"general/2024-05-01.json",
         "[" + message("1714554005.000000") + "," + message("1714554001.000000") + "]"},
        {"general/2024-05-02.json", "[" + message("1714640009.000001") + "]"},
        {"help/2024-05-01.json", "[" + message("1714554003.000000") + "]"},
        {"help/2024-05-04.json", "[]"},
    });
    REQUIRE(outcome.error == "");
    CHECK(ids(outcome) == std::vector<std::string>{"1714554001.000000", "1714554003.000000",
                                                   "1714554005.000000", "1714640000.000000",
                                                   "1714640009.000001", "1714640009.000002"});
}

TEST_CASE("who wrote it: people, guests, strangers, bots, and programs with a person's token") {
    const Outcome outcome = read_days({{"general/2024-05-01.json",
                                        R"([{"user":"U3","text":"a","ts":"1714554000.000001"},
        {"user":"U7","text":"b","ts":"1714554000.000002","user_team":"T7","team":"T1","user_profile":{"name":"zed","real_name":"Zed","display_name":"","team":"T7"}},
        {"user":"UB","bot_id":"B1","text":"c","ts":"1714554000.000003","bot_profile":{"id":"B1","name":"Robot"}},
        {"user":"U1","bot_id":"B2","app_id":"A2","text":"d","ts":"1714554000.000004"},
        {"subtype":"bot_message","bot_id":"B3","username":"hook","text":"e","ts":"1714554000.000005"},
        {"user":"USLACKBOT","text":"f","ts":"1714554000.000006"},
        {"subtype":"me_message","user":{"id":"U1"},"text":"g","ts":"1714554000.000007"},
        {"user":"U2","text":"<@U7>","ts":"1714554000.000008"}])"}});
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 8);
    CHECK(outcome.message(0).author.key == AccountKey{"slack", "T9", "U3"});
    CHECK(outcome.message(0).channel.key.realm == "T1");
    CHECK(outcome.message(1).author.key == AccountKey{"slack", "T7", "U7"});
    CHECK(outcome.message(1).author.name == "Zed");
    CHECK(outcome.message(2).author.bot);
    CHECK(outcome.message(2).role == "bot");
    CHECK_FALSE(outcome.message(2).via_app);
    CHECK_FALSE(outcome.message(3).author.bot);
    CHECK(outcome.message(3).via_app);
    CHECK(outcome.message(4).author.key.id == "B3");
    CHECK(outcome.message(4).author.bot);
    CHECK(outcome.message(5).author.bot);
    CHECK(outcome.message(6).author.key.id == "U1");
    CHECK(outcome.message(7).mentions == std::vector<AccountKey>{{"slack", "T7", "U7"}});
}

TEST_CASE("notices are passed over, edits and deletions that retention kept are not") {
    const Outcome outcome = read_days(
        {{"general/2024-05-01.json",
          R"([{"subtype":"channel_join","user":"U1","text":"<@U1> has joined","ts":"1714554000.000001"},
        {"subtype":"channel_topic","user":"U1","text":"t","ts":"1714554000.000002"},
        {"subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","hidden":true,"ts":"1714554000.000003"},
        {"subtype":"message_changed","hidden":true,"ts":"1714554000.000004","message":{"text":"new"},"previous_message":{"ts":"1714553000.000001","text":"old"}},
        {"subtype":"message_changed","hidden":true,"ts":"1714554000.000005","message":{"ts":"1714553000.000001","text":"new"},"previous_message":{"text":"new"}},
        {"subtype":"message_changed","hidden":true,"ts":"1714554000.000006","message":{"subtype":"tombstone","ts":"1714553000.000001","text":"This message was deleted."},"previous_message":[]},
        {"subtype":"message_deleted","hidden":true,"ts":"1714554000.000007","deleted_ts":"1714553000.000002"},
        {"subtype":"unheard_of","user":"U1","text":"?","ts":"1714554000.000008"}])"}});
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 3);
    const auto& edit = std::get<MessageEdited>(outcome.events[0].body);
    CHECK(edit.message.id == "1714553000.000001");
    CHECK(edit.text == "new");
    CHECK(std::get<MessageDeleted>(outcome.events[1].body).message.id == "1714553000.000001");
    CHECK(std::get<MessageDeleted>(outcome.events[2].body).message.id == "1714553000.000002");
    CHECK(outcome.tally.notices == 5);
    CHECK(outcome.tally.records == 8);
}

TEST_CASE("reactions follow their message, files are named, attachments speak where there is no text") {
    const Outcome outcome = read_days(
        {{"general/2024-05-01.json",
          R"([{"user":"U1","text":"look","ts":"1714554000.000001","files":[{"id":"F1","title":"plan.pdf"},{"id":"F2","file_access":"check_file_info"}],
         "reactions":[{"name":"heart","users":["U2","U3"],"count":2}]},
        {"subtype":"bot_message","bot_id":"B1","username":"ci","text":"","ts":"1714554001.000001","attachments":[{"fallback":"build failed"}]}])"}});
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 4);
    CHECK(outcome.message(0).text == "look\n[file: plan.pdf]\n[file]");
    const auto& reaction = std::get<ReactionAdded>(outcome.events[2].body);
    CHECK(reaction.reaction == "heart");
    CHECK(reaction.by.key == AccountKey{"slack", "T9", "U3"});
    CHECK(reaction.message.id == "1714554000.000001");
    CHECK(reaction.at == Time{1714554000s});
    CHECK(outcome.message(3).text == "build failed");
    CHECK(outcome.tally.messages == 2);
    CHECK(outcome.tally.events == 4);
}

TEST_CASE("private channels, groups and direct messages keep their kind") {
    const Folder folder;
    const Files files{{"users.json", users},
                      {"groups.json", R"([{"id":"G1","name":"secret"}])"},
                      {"mpims.json", R"([{"id":"G2","name":"mpdm-ada--bea-1"}])"},
                      {"dms.json", R"([{"id":"D1","members":["U1","U2"]}])"},
                      {"secret/2024-05-01.json", "[" + message("1714554000.000001") + "]"},
                      {"mpdm-ada--bea-1/2024-05-01.json", "[" + message("1714554000.000002") + "]"},
                      {"D1/2024-05-01.json", "[" + message("1714554000.000003") + "]"},
                      {"FC:F1:plan/2024-05-01.json", "[{}]"},
                      {"integration_logs.json", "[]"}};
    const Outcome outcome = read_all(folder.zip("acme.zip", files));
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 3);
    CHECK(outcome.message(0).channel.kind == ChannelKind::group);
    CHECK(outcome.message(1).channel.kind == ChannelKind::group);
    CHECK(outcome.message(2).channel.kind == ChannelKind::dm);
    CHECK(outcome.message(2).channel.name == "Ada, Bea B.");
}

TEST_CASE("an export that was unpacked and zipped again with a folder around it is read") {
    const Folder folder;
    Files files;
    for (auto& [name, content] :
         workspace({{"general/2024-05-01.json", "[" + message("1714554000.000001") + "]"}}))
        files.push_back({"acme export/" + name, content});
    files.push_back({"__MACOSX/users.json", "x"});
    const Outcome outcome = read_all(folder.zip("x.zip", files));
    CHECK(outcome.error == "");
    CHECK(outcome.events.size() == 1);
}

TEST_CASE("without team ids the realm is the option or the file's name") {
    const Folder folder;
    const Files files{{"users.json", R"([{"id":"U1","name":"ada"}])"},
                      {"channels.json", channels},
                      {"general/2024-05-01.json", "[" + message("1714554000.000001") + "]"}};
    const auto path = folder.zip("acme.zip", files);
    CHECK(read_all(path).message(0).author.key == AccountKey{"slack", "acme", "U1"});
    Options options;
    options.realm = "T5";
    CHECK(read_all(path, options).message(0).channel.key.realm == "T5");
}

TEST_CASE("an export that is not whole is refused before anything of it is used") {
    const Folder folder;
    const Files days{{"general/2024-05-01.json", "[" + message("1714554000.000001") + "]"}};
    CHECK_THAT(read_all(folder.zip("a.zip", {{"channels.json", channels}, days[0]})).error,
               ContainsSubstring("users.json is missing"));
    CHECK_THAT(read_all(folder.zip("b.zip", {{"users.json", users}, days[0]})).error,
               ContainsSubstring("channels.json is missing"));
    CHECK_THAT(read_all(folder.zip("c.zip", {{"users.json", "{"}, {"channels.json", channels}})).error,
               ContainsSubstring("users.json is not JSON"));
    CHECK_THAT(read_all(folder.zip("d.zip", {{"users.json", "{}"}, {"channels.json", channels}})).error,
               ContainsSubstring("users.json is not a list"));
    CHECK_THAT(read_all(folder.zip("e.zip", workspace({{"unknown/2024-05-01.json", "[]"}}))).error,
               ContainsSubstring("unknown/2024-05-01.json: no list of channels knows this folder"));

    const auto path = folder.zip("f.zip", workspace(days));
    const auto size = std::filesystem::file_size(path);
    for (const auto cut : {size - 1, size / 2, std::uintmax_t{10}, std::uintmax_t{0}}) {
        CAPTURE(cut);
        Folder::truncate(path, cut);
        const Outcome outcome = read_all(path);
        CHECK(outcome.events.empty());
        CHECK_THAT(outcome.error, ContainsSubstring("f.zip"));
    }
}

TEST_CASE("damage within the archive is found before the first event") {
    const Folder folder;
    const auto path = folder.zip(
        "a.zip",
        workspace({
            {"general/2024-05-01.json", "[" + message("1714554000.000001") + "]"},
            {"general/2024-05-09.json", "[" + message("1715246000.000001", R"("x":"MARKMARKMARK")") + "]"},
        }));
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    in.close();
    // The last day's packed data lies before the table of contents, behind its name.
    const auto name = bytes.find("general/2024-05-09.json");
    REQUIRE(name != std::string::npos);
    bytes[name + 60] = static_cast<char>(bytes[name + 60] ^ 0x5A);
    const Outcome outcome = read_all(folder.file("a.zip", bytes));
    CHECK(outcome.events.empty());
    CHECK_THAT(outcome.error, ContainsSubstring("general/2024-05-09.json is damaged"));
}

TEST_CASE("hostile archives are refused: paths, bombs") {
    const Folder folder;
    for (const char* name : {"../users.json", "a/../../x.json", "/etc/passwd", "a\\b.json", "C:/x.json"}) {
        CAPTURE(name);
        CHECK_THAT(read_all(folder.zip("p.zip", workspace({{name, "[]"}}))).error,
                   ContainsSubstring("Do not trust"));
    }
    Options options;
    options.max_file = 100'000;
    const std::string zeros(200'000, ' ');
    CHECK_THAT(read_all(folder.zip("b.zip", workspace({{"general/2024-05-01.json", zeros}})), options).error,
               ContainsSubstring("unpacks to 200000 bytes, and 100000 are allowed"));
    options.max_file = 300'000;
    options.max_total = 300'000;
    CHECK_THAT(
        read_all(folder.zip("t.zip", workspace({{"general/2024-05-01.json", zeros}, {"x.bin", zeros}})),
                 options)
            .error,
        ContainsSubstring("more than 300000 bytes"));
}

TEST_CASE("a zip that lies about a size is caught when it is unpacked") {
    const Folder folder;
    const std::string content = "[" + message("1714554000.000001") + std::string(5000, ' ') + "]";
    const auto path = folder.zip("a.zip", workspace({{"general/2024-05-01.json", content}}));
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    in.close();
    const auto last =
        bytes.rfind("general/2024-05-01.json");  // In the table of contents: 46 bytes before, size at 24.
    REQUIRE(last != std::string::npos);
    bytes[last - 46 + 24] = 20;
    bytes[last - 46 + 25] = 0;
    const Outcome outcome = read_all(folder.file("a.zip", bytes));
    CHECK(outcome.events.empty());
    CHECK_THAT(outcome.error, ContainsSubstring("a.zip"));
}

TEST_CASE("a bad record is named by day and place, or passed over on request") {
    const Files days{
        {"general/2024-05-01.json", "[" + message("1714554000.000001") + R"(,{"user":"U1","text":"no time"},
        {"text":"nobody","ts":"1714554000.000003"},)" +
                                        message("1714554000.000004") + ",5]"},
        {"help/2024-05-01.json", "[{]"},
        {"help/2024-05-02.json", "[{\"text\":\"\xFF\"}]"}};
    const Outcome strict = read_days({days[0]});
    CHECK(strict.events.size() == 1);
    CHECK_THAT(strict.error, ContainsSubstring("general/2024-05-01.json, message 2: `ts` is missing"));
    CHECK_THAT(read_days({days[1]}).error, ContainsSubstring("help/2024-05-01.json: the day is not JSON"));
    CHECK_THAT(read_days({days[2]}).error, ContainsSubstring("help/2024-05-02.json: byte 11 is not UTF-8"));

    Options options;
    options.lenient = true;
    std::vector<std::string> problems;
    options.on_problem = [&](const Problem& problem) { problems.push_back(problem.what); };
    const Outcome outcome = read_days(days, options);
    CHECK(outcome.error == "");
    CHECK(ids(outcome) == std::vector<std::string>{"1714554000.000001", "1714554000.000004"});
    CHECK(problems.size() == 5);
    CHECK(outcome.tally.problems == 5);
}

TEST_CASE("an export goes on exactly behind its cursor, also between a message's reactions") {
    const Folder folder;
    const auto path = folder.zip(
        "a.zip",
        workspace({
            {"general/2024-05-01.json",
             "[" + message("1714554000.000001", R"("reactions":[{"name":"x","users":["U1","U2","U3"]}])") +
                 "]"},
            {"help/2024-05-01.json",
             "[" + message("1714554000.000000") + "," + message("1714554000.000002") + "]"},
        }));
    const Outcome whole = read_all(path);
    REQUIRE(whole.events.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
        auto source = open(path).value();
        REQUIRE(source->skip_to(whole.events[i].cursor).has_value());
        const Outcome rest = drain(*source);
        REQUIRE(rest.events.size() == 5 - i);
        if (!rest.events.empty()) CHECK(rest.events[0].cursor == whole.events[i + 1].cursor);
        CHECK(source->bytes_read() == source->bytes_total());
    }
    CHECK(open(path).value()->skip_to("7").has_error());
}
