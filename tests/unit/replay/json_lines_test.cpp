#include "adapters/replay/json_lines.hpp"

#include <sys/resource.h>

#include "files.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace rapport::replay::test;
using namespace std::chrono_literals;

namespace {

const std::string first =
    R"({"id":"a","ts":"2024-05-01T09:00:00Z","channel":"help","author":"ada","text":"Hi?"})";
const std::string second =
    R"({"id":"b","ts":"2024-05-01T08:59:00Z","channel":"help","author":"bea","text":"Hello","parent":"a",)"
    R"("role":"staff","name":"Bea B.","thread":"a","conversation_id":"x"})";
const std::string notice =
    R"({"id":"n","ts":"2024-05-01T09:00:01Z","channel":"help","author":"c","text":"=== c joins","sys":1})";

std::string line_with(const std::string& replace, const std::string& by) {
    std::string line = first;
    return line.replace(line.find(replace), replace.size(), by);
}

}  // namespace

TEST_CASE("JSON Lines become messages with all that they say") {
    const Folder folder;
    const Outcome outcome = read_all(folder.file("talk.v2.jsonl", first + "\n" + notice + "\r\n\n" + second));
    REQUIRE(outcome.error == "");
    REQUIRE(outcome.events.size() == 2);

    const Message& hi = outcome.message(0);
    CHECK(hi.author.key == AccountKey{"replay", "talk.v2", "ada"});
    CHECK(hi.author.handle == "ada");
    CHECK(hi.channel.key == ChannelKey{"replay", "talk.v2", "help"});
    CHECK(hi.id == "a");
    CHECK(hi.text == "Hi?");
    CHECK(hi.reply_to == "");
    CHECK(hi.at == Time{1714554000s});

    const Message& hello = outcome.message(1);
    CHECK(hello.reply_to == "a");
    CHECK(hello.thread == "a");
    CHECK(hello.role == "staff");
    CHECK(hello.author.name == "Bea B.");
    CHECK(outcome.tally.records == 4);
    CHECK(outcome.tally.messages == 2);
    CHECK(outcome.tally.notices == 1);
    CHECK(outcome.tally.problems == 0);
}

TEST_CASE("the time of the replay never steps back, the message keeps its own") {
    const Folder folder;
    const Outcome outcome = read_all(folder.file("x.jsonl", first + "\n" + second + "\n"));
    CHECK(outcome.events.at(1).seen == Time{1714554000s});
    CHECK(outcome.message(1).at == Time{1714554000s} - 1min);
    CHECK(outcome.events.at(1).source == "replay:x.jsonl");
    CHECK(outcome.events.at(1).cursor_name == "replay:x");
    CHECK(outcome.events.at(1).cursor == "2");
    CHECK(outcome.events.at(1).raw == second);
}

TEST_CASE("of several parents the first counts that is not the message itself") {
    const Folder folder;
    const auto parents = [&](const std::string& list) {
        return read_all(folder.file("x.jsonl", line_with("\"text\"", "\"parents\":" + list + ",\"text\"")))
            .message(0);
    };
    CHECK(parents(R"(["a","z","y"])").reply_to == "z");
    CHECK(parents(R"(["a"])").reply_to == "");
    CHECK(parents(R"([])").reply_to == "");
    CHECK(parents("null").reply_to == "");
    CHECK(parents("[17]").reply_to == "17");
}

TEST_CASE("numbers as ids and times, a byte order mark and a realm of one's own are taken") {
    const Folder folder;
    Options options;
    options.realm = "irc";
    const std::string line = R"({"id":7,"ts":1714554000.25,"channel":"help","author":42,"text":""})";
    const Outcome outcome = read_all(folder.file("x.jsonl", "\xEF\xBB\xBF" + line), options);
    REQUIRE(outcome.error == "");
    CHECK(outcome.message(0).id == "7");
    CHECK(outcome.message(0).author.key == AccountKey{"replay", "irc", "42"});
    CHECK(outcome.message(0).at == Time{1714554000250ms});
}

TEST_CASE("a bad line stops the reader and is named, with what to do") {
    const auto [line, what] = GENERATE(table<std::string, std::string>({
        {line_with("\"id\":\"a\",", ""), "`id` is missing"},
        {line_with("\"a\"", "\"\""), "`id` is empty"},
        {line_with("\"ada\"", "null"), "`author` is missing"},
        {line_with("\"ada\"", "[]"), "`author` is neither text nor a whole number"},
        {line_with("\"Hi?\"", "5"), "`text` is not text"},
        {line_with("2024-05-01T", "May 1st, "), "`ts` is not a time"},
        {line_with("\"2024-05-01T09:00:00Z\"", "1714554000000"), "not milliseconds"},
        {line_with("Hi?", "\xC3("), "byte 79 is not UTF-8"},
        {"[1,2]", "not an object"},
        {first + "x", "something follows"},
        {first.substr(0, 40), "not JSON at byte"},
        {"nonsense", "not JSON at byte"},
        {line_with("\"text\"", "\"parents\":\"a\",\"text\""), "`parents` is not a list"},
    }));
    CAPTURE(line);
    const Folder folder;
    const auto path = folder.file("x.jsonl", second + "\n" + line + "\n" + second + "\n");
    const Outcome outcome = read_all(path);
    CHECK(outcome.events.size() == 1);
    CHECK_THAT(outcome.error, ContainsSubstring(path.string() + ", line 2: ") && ContainsSubstring(what) &&
                                  ContainsSubstring("--keep-going"));
}

TEST_CASE("asked to go on, the reader reports bad lines and passes over them") {
    const Folder folder;
    std::vector<Problem> problems;
    Options options;
    options.lenient = true;
    options.on_problem = [&](const Problem& problem) { problems.push_back(problem); };
    const Outcome outcome =
        read_all(folder.file("x.jsonl", "?\n" + first + "\n{}\n\xFF\n" + second), options);
    CHECK(outcome.error == "");
    CHECK(outcome.events.size() == 2);
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].line == 1);
    CHECK(problems[1].line == 3);
    CHECK(problems[1].what == "`id` is missing");
    CHECK(problems[2].line == 4);
    CHECK(outcome.tally.problems == 3);
}

TEST_CASE("an Error stays: nothing is read behind it") {
    const Folder folder;
    auto source = open(folder.file("x.jsonl", "?\n" + first + "\n")).value();
    const auto once = source->next();
    const auto twice = source->next();
    REQUIRE(once.has_error());
    REQUIRE(twice.has_error());
    CHECK(once.error().what == twice.error().what);
}

TEST_CASE("a line of 20 MB costs little memory, is named, and the next line is read") {
    const Folder folder;
    const auto path =
        folder.file("x.jsonl", first + "\n" + std::string(20'000'000, 'x') + "\r\n" + second + "\n");
    CHECK_THAT(read_all(path).error,
               ContainsSubstring("line 2: the line is 20000001 bytes long, and 1048576 are "));

    Options options;
    options.lenient = true;
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const Outcome outcome = read_all(path, options);
    getrusage(RUSAGE_SELF, &after);
    CHECK(outcome.events.size() == 2);
    CHECK(outcome.tally.problems == 1);
    CHECK(after.ru_maxrss - before.ru_maxrss < 8 * 1024);
}

TEST_CASE("the tail of a line that is too long is not taken for a line of its own") {
    const Folder folder;
    Options options;
    options.max_line = 1000;
    options.lenient = true;
    // Around the reader's block size, so that what is left of the line after its last block is short.
    for (std::size_t junk = 131'072 * 2 - 400; junk < 131'072 * 2 + 400; junk += 50) {
        const Outcome outcome =
            read_all(folder.file("x.jsonl", std::string(junk, ' ') + first + "\n" + second), options);
        CAPTURE(junk);
        CHECK(outcome.events.size() == 1);
        CHECK(outcome.tally.problems == 1);
    }
}

TEST_CASE("a line at the limit is read, one byte more is not") {
    const Folder folder;
    Options options;
    options.max_line = first.size();
    CHECK(read_all(folder.file("x.jsonl", first + "\r\n"), options).events.size() == 1);
    CHECK(read_all(folder.file("x.jsonl", first), options).events.size() == 1);
    options.max_line = first.size() - 1;
    CHECK_THAT(read_all(folder.file("x.jsonl", first + "\n"), options).error,
               ContainsSubstring("bytes long"));
}

TEST_CASE("a text longer than an event may carry is cut, not refused") {
    const Folder folder;
    const Outcome outcome = read_all(folder.file("x.jsonl", line_with("Hi?", std::string(100'000, 'y'))));
    REQUIRE(outcome.error == "");
    CHECK(outcome.message(0).text.size() == max_text);
    CHECK(outcome.events[0].raw.size() == 4096);
}

TEST_CASE(
    "gzip is read like the plain file, and one that breaks off gives its whole lines and then an Error") {
    const Folder folder;
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += line_with("\"a\"", "\"" + std::to_string(i * 7919) + "\"") + "\n";
    const auto path = folder.gzip("x.jsonl.gz", text);
    CHECK(read_all(path).events.size() == 20'000);
    CHECK(read_all(path).events[0].cursor_name == "replay:x");

    Folder::truncate(path, std::filesystem::file_size(path) / 2);
    const Outcome outcome = read_all(path);
    CHECK(outcome.events.size() > 5'000);
    CHECK(outcome.events.size() < 15'000);
    CHECK_THAT(outcome.error, ContainsSubstring("breaks off") && ContainsSubstring(path.string()));
}

TEST_CASE("a .gz that is not gzip, or is damaged, is refused") {
    const Folder folder;
    CHECK_THAT(read_all(folder.file("x.jsonl.gz", first)).error, ContainsSubstring("is not gzip"));
    const auto path = folder.gzip("y.jsonl.gz", first + "\n" + second + "\n");
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(-6, std::ios::end);
    file.put('\x55');
    file.close();
    CHECK_THAT(read_all(path).error, ContainsSubstring("damaged"));
}

TEST_CASE("a replay goes on exactly behind its cursor") {
    const Folder folder;
    std::string text;
    for (int i = 0; i < 30; ++i)
        text += i % 4 == 1 ? notice + "\n"
                           : line_with("09:00:00", "09:" + std::to_string(10 + (i * 37) % 50) + ":00") + "\n";
    const auto path = folder.file("x.jsonl", text);
    const Outcome whole = read_all(path);
    for (std::size_t i = 0; i < whole.events.size(); ++i) {
        auto source = open(path).value();
        REQUIRE(source->cursor_name() == "replay:x");
        REQUIRE(source->skip_to(whole.events[i].cursor).has_value());
        const Outcome rest = drain(*source);
        REQUIRE(rest.events.size() == whole.events.size() - i - 1);
        for (std::size_t k = 0; k < rest.events.size(); ++k) {
            CHECK(rest.events[k].cursor == whole.events[i + 1 + k].cursor);
            CHECK(rest.events[k].seen == whole.events[i + 1 + k].seen);
        }
        CHECK(rest.tally.records == whole.tally.records);
    }
}

TEST_CASE("a cursor of another file is refused") {
    const Folder folder;
    const auto path = folder.file("x.jsonl", first + "\n" + notice + "\n" + second + "\n");
    const auto skip = [&](const char* cursor) {
        const auto skipped = open(path).value()->skip_to(cursor);
        return skipped ? std::string{} : skipped.error().what;
    };
    CHECK(skip("") == "");
    CHECK(skip("3") == "");
    CHECK_THAT(skip("4"), ContainsSubstring("not the file"));
    CHECK_THAT(skip("2"), ContainsSubstring("not the file"));
    CHECK_THAT(skip("soon"), ContainsSubstring("not a number"));
}

TEST_CASE("the progress bar's bytes end where the file ends") {
    const Folder folder;
    const auto path = folder.file("x.jsonl", first + "\n" + second + "\n");
    auto source = open(path).value();
    CHECK(source->bytes_total() == std::filesystem::file_size(path));
    drain(*source);
    CHECK(source->bytes_read() == source->bytes_total());
}
