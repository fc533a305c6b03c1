// Files that are not what they should be, and who may open what at the same time.

#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "bot/store/sqlite/open.hpp"
#include "bot/store/sqlite/throw_away.hpp"
#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

Result<std::unique_ptr<Store>> try_open(const std::string& path, bool read_only = false,
                                        bool requests_only = false) {
    SqliteOptions options;
    options.path = path;
    options.read_only = read_only;
    options.requests_only = requests_only;
    options.busy_ms = 100;
    return open_sqlite(options);
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

/// Runs `work` in a process of its own, as an ordinary user; its words come back.
template <class Work>
std::string as_nobody(Work work) {
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(1);
        const std::string words = work();
        ::_exit(::write(pipe_ends[1], words.data(), words.size()) < 0 ? 1 : 0);
    }
    ::close(pipe_ends[1]);
    std::string words;
    char part[512];
    for (ssize_t size; (size = ::read(pipe_ends[0], part, sizeof part)) > 0;)
        words.append(part, std::size_t(size));
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    return words;
}

/// A file system of one megabyte over `folder`, as long as this lives.
struct SmallDisk {
    explicit SmallDisk(const std::filesystem::path& where)
        : folder(where), mounted(::mount("tmpfs", where.c_str(), "tmpfs", 0, "size=1m") == 0) {}
    ~SmallDisk() {
        if (mounted) ::umount2(folder.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    std::filesystem::path folder{};
    bool mounted;
};

}  // namespace

TEST_CASE("a store is made with its folder, for its user only") {
    TemporaryFolder folder;
    const std::string path = folder.file("a/b c/%41?#.db");
    {
        const auto store = open_file(path);
        State state = opened(*store);
        state.accounts.add(sample_account(1));
        REQUIRE_OK(save(*store, state));
    }
    struct stat about{};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(open_file(path)->counts().value().accounts == 1);
}

TEST_CASE("what is not a Rapport database is refused in words and left as it is") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    std::string words;
    SECTION("text") {
        write_file(path, std::string(3000, 'x'));
        words = "not a Rapport database";
    }
    SECTION("a few bytes") {
        write_file(path, "hello");
        words = "not a Rapport database";
    }
    SECTION("another program's database") {
        sqlite::Connection other{path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ""};
        other.execute("CREATE TABLE theirs (x)");
        words = "another program";
    }
    SECTION("cut off") {
        open_file(path).reset();
        const std::string whole = file_contents(path);
        write_file(path, whole.substr(0, whole.size() / 2));
        words = "damaged";
    }
    SECTION("from a newer Rapport") {
        open_file(path).reset();
        sqlite::Connection newer{path, SQLITE_OPEN_READWRITE, ""};
        newer.execute("PRAGMA user_version = 99");
        words = "newer Rapport";
    }
    const std::string before = file_contents(path);
    const auto store = try_open(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::rejected);
    CHECK_THAT(store.error().what, ContainsSubstring(words) && ContainsSubstring(path));
    CHECK(file_contents(path) == before);
}

TEST_CASE("an empty file is a new database") {
    TemporaryFolder folder;
    write_file(folder.file("x.db"), "");
    CHECK(open_file(folder.file("x.db"))->counts().value().messages == 0);
}

TEST_CASE("a database of an earlier version is brought up to date, each step once and whole") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        const auto store = open_file(path);
        State state = opened(*store);
        state.accounts.add(sample_account(1));
        REQUIRE_OK(save(*store, state));
    }
    SqliteOptions options;
    options.path = path;
    std::vector<sqlite::Migration> steps{sqlite::migrations().begin(), sqlite::migrations().end()};
    steps.push_back({"a column", "ALTER TABLE accounts ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"});
    for (int twice = 0; twice < 2; ++twice) {
        const auto connection = sqlite::connect(options, steps);
        CHECK(connection->number("PRAGMA user_version") == std::int64_t(steps.size()));
        CHECK(connection->number("SELECT count(*) FROM accounts WHERE mood = 'calm'") == 1);
    }
    steps.push_back({"half a step", "CREATE TABLE half (x) STRICT; no such statement"});
    steps.back().sql = "CREATE TABLE half (x INTEGER) STRICT; no such statement";
    CHECK_THROWS_AS(sqlite::connect(options, steps), sqlite::SqliteError);
    steps.pop_back();
    const auto connection = sqlite::connect(options, steps);
    CHECK(connection->number("PRAGMA user_version") == std::int64_t(steps.size()));
    CHECK(connection->number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0);
    // This program does not know the extra step: for it the database is from the future.
    const auto refused = try_open(path);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().what, ContainsSubstring("newer Rapport"));
    const auto for_reading = try_open(path, true);
    CHECK_FALSE(for_reading);
}

TEST_CASE("readers and writers of requests do not upgrade a database") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    open_file(path).reset();
    std::vector<sqlite::Migration> steps{sqlite::migrations().begin(), sqlite::migrations().end()};
    steps.push_back({"one more", "CREATE TABLE more (x INTEGER) STRICT"});
    SqliteOptions options;
    options.path = path;
    options.read_only = GENERATE(true, false);
    options.requests_only = !options.read_only;
    CHECK_THROWS_WITH(sqlite::connect(options, steps), ContainsSubstring("older Rapport"));
}

TEST_CASE("a second writer is refused and told who has it") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    auto first = open_file(path);
    const auto second = try_open(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::transient);
    CHECK_THAT(second.error().what,
               ContainsSubstring("in use by another Rapport (pid " + std::to_string(::getpid()) + ")"));
    first.reset();
    CHECK(try_open(path).has_value());
}

TEST_CASE("the lock and all that was saved survive the writer's sudden end") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    open_file(path).reset();
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto store = try_open(path);
        State state;
        if (!store || !(*store)->open(state)) ::_exit(1);
        state.accounts.add(sample_account(1));
        if (!(*store)->save(state) || ::write(pipe_ends[1], "x", 1) != 1) ::_exit(1);
        ::pause();
        ::_exit(1);
    }
    ::close(pipe_ends[1]);
    char ready = 0;
    REQUIRE(::read(pipe_ends[0], &ready, 1) == 1);
    ::close(pipe_ends[0]);
    const auto refused = try_open(path);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().what, ContainsSubstring("pid " + std::to_string(child)));
    CHECK(open_file(path)->counts().value().accounts == 1);
}

TEST_CASE("beside a running writer one may read and leave requests, and nothing else") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    const auto server = open_file(path);
    State state = opened(*server);
    state.accounts.add(sample_account(1));
    REQUIRE_OK(save(*server, state));

    const auto reader = try_open(path, true);
    REQUIRE_OK(reader);
    CHECK((*reader)->counts().value().accounts == 1);
    CHECK_FALSE((*reader)->save(state));
    CHECK_FALSE((*reader)->add_request("x"));

    const auto client = try_open(path, false, true);
    REQUIRE_OK(client);
    CHECK_FALSE((*client)->save(state));
    CHECK_FALSE((*client)->answer_request(1, "x"));
    CHECK_FALSE((*client)->keep_rules({}));
    const std::int64_t id = (*client)->add_request(R"({"link": [1, 2]})").value();
    CHECK((*client)->request_answer(id).value().empty());
    const auto waiting = server->requests().value();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].id == id);
    CHECK(waiting[0].body == R"({"link": [1, 2]})");
    REQUIRE_OK(server->answer_request(id, "Linked."));
    CHECK(server->requests().value().empty());
    CHECK((*client)->request_answer(id).value() == "Linked.");
    CHECK((*client)->add_request("again").value() > id);
}

TEST_CASE("of an answered request only the answer is kept") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    auto server = open_file(path);
    const std::int64_t id = server->add_request(R"({"erase": "slack:T1:U-lena"})").value();
    REQUIRE_OK(server->answer_request(id, "done"));
    CHECK(server->request_answer(id).value() == "done");
    server.reset();  // what was in the log is in the file now
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    CHECK_THAT(bytes, ContainsSubstring("done"));
    CHECK(bytes.find("U-lena") == std::string::npos);
}

TEST_CASE("nothing to read is an error for those who only read") {
    TemporaryFolder folder;
    for (const bool read_only : {true, false}) {
        const auto store = try_open(folder.file("none.db"), read_only, !read_only);
        REQUIRE_FALSE(store);
        CHECK_THAT(store.error().what, ContainsSubstring("none.db") && ContainsSubstring("cannot be opened"));
    }
    CHECK_FALSE(std::filesystem::exists(folder.file("none.db")));
}

TEST_CASE("a folder or a file that may not be written is told in words") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    open_file(path).reset();
    const auto open_and_say = [&] {
        const auto store = try_open(path);
        return store ? std::string("opened") : store.error().what;
    };
    SECTION("folder") {
        ::chmod(path.c_str(), 0444);
        ::unlink((path + ".lock").c_str());
        ::chmod(folder.path.c_str(), 0555);
        CHECK_THAT(as_nobody(open_and_say), ContainsSubstring("Could not write " + path + ".lock"));
    }
    SECTION("file") {
        ::chmod(path.c_str(), 0444);
        ::chmod((path + ".lock").c_str(), 0666);
        ::chmod(folder.path.c_str(), 0777);
        CHECK_THAT(as_nobody(open_and_say), ContainsSubstring("read-only") && ContainsSubstring(path));
    }
    SECTION("but it can be read") {
        ::chmod(path.c_str(), 0444);
        ::chmod(folder.path.c_str(), 0555);
        CHECK(as_nobody([&] {
                  const auto store = try_open(path, true);
                  if (!store) return store.error().what;
                  return (*store)->counts() ? std::string("read") : std::string("not read");
              }) == "read");
    }
    SECTION("no folder can be made") {
        ::chmod(folder.path.c_str(), 0555);
        CHECK_THAT(as_nobody([&] {
                       const auto store = try_open(folder.file("deeper/x.db"));
                       return store ? std::string("opened") : store.error().what;
                   }),
                   ContainsSubstring("Could not make the folder"));
    }
    ::chmod(folder.path.c_str(), 0755);
}

TEST_CASE("a real full disk is told in words and nothing is lost") {
    TemporaryFolder folder;
    const SmallDisk disk{folder.path};
    if (!disk.mounted) RAPPORT_SKIP("a small file system cannot be mounted here (needs root)");
    const auto store = open_file(folder.file("x.db"));
    State state = opened(*store);
    state.channels.add(sample_channel(1));
    REQUIRE_OK(save(*store, state));
    Result<> saved;
    std::int64_t confirmed = 0;
    for (std::int64_t id = 1; id < 1'000 && saved; ++id) {
        MessageRow message = sample_message(id);
        message.text = std::string(20'000, 'x');
        state.messages.add(message);
        saved = save(*store, state);
        if (saved) confirmed = id;
    }
    REQUIRE_FALSE(saved);
    CHECK(saved.error().kind == ErrorKind::transient);
    CHECK_THAT(saved.error().what, ContainsSubstring("full"));
    CHECK(confirmed > 3);
    CHECK(store->counts().value().messages == std::uint64_t(confirmed));
}

TEST_CASE("a throw-away store is gone with the last pointer to it") {
    const std::filesystem::path temporary = std::filesystem::temp_directory_path();
    const std::string name = "openonce" + std::to_string(::getpid());
    const auto folders = [&] {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator{temporary})
            if (entry.path().filename().string().starts_with("rapport-" + name)) ++count;
        return count;
    };
    std::shared_ptr<Store> store = open_throw_away(name).value();
    CHECK(folders() == 1);
    CHECK(store->keep_note("a", "b").has_value());
    std::shared_ptr<Store> other = open_throw_away(name).value();
    CHECK(other->notes("").value().empty());
    CHECK(folders() == 2);
    other.reset();
    CHECK(folders() == 1);
    const std::shared_ptr<Store> same = std::exchange(store, nullptr);
    CHECK(folders() == 1);
    CHECK(same->notes("").value().size() == 1);
}

TEST_CASE("a throw-away store that cannot be made says where and what to do") {
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    ::setenv("TMPDIR", "/proc", 1);
    const auto opened = open_throw_away("nowhere");
    if (before)
        ::setenv("TMPDIR", kept.c_str(), 1);
    else
        ::unsetenv("TMPDIR");
    REQUIRE(!opened);
    CHECK_THAT(opened.error().what, ContainsSubstring("throw-away store in /proc"));
    CHECK_THAT(opened.error().what, ContainsSubstring("TMPDIR"));
}
