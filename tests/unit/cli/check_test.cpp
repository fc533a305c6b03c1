#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "bot/cli/context.hpp"
#include "bot/cli/desk_token.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

/// Something that listens on a port of its own.
class Listener {
public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(socket_, 1) == 0 &&
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0)
            port_ = ntohs(address.sin_port);
    }
    ~Listener() { ::close(socket_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    int port() const { return port_; }

private:
    int socket_;
    int port_ = 0;
};

std::string port_line(int port) {
    return "web: {port: " + std::to_string(port) + "}\n";
}

}  // namespace

TEST_CASE("check is content with good files and no store") {
    Workshop workshop;
    {
        const Listener once;
        workshop.write("rapport.yaml", port_line(once.port()));
    }
    const Ran ran = workshop.run({"check"});
    CHECK(ran.code == 0);
    CHECK_THAT(ran.out, ContainsSubstring("✓ The files can be read: 2 staffers, 1 rule."));
    CHECK_THAT(ran.out, ContainsSubstring("own tests pass (2 tests)"));
    CHECK_THAT(ran.out, ContainsSubstring("All is well."));
    CHECK(!std::filesystem::exists(workshop.store()));
}

TEST_CASE("check says what is in the store") {
    Workshop workshop;
    workshop.fill();
    const Ran ran = workshop.run({"check"});
    CHECK_THAT(ran.out, ContainsSubstring("It holds 4 messages by 4 people, 1 alert (1 open)."));
    CHECK_THAT(ran.out, ContainsSubstring("! 1 card to be brought"));
}

TEST_CASE("check finds a port in use") {
    Workshop workshop;
    const Listener listener;
    workshop.write("rapport.yaml", port_line(listener.port()));
    const Ran ran = workshop.run({"check"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.out, ContainsSubstring("cannot be listened on"));
    CHECK_THAT(ran.out, ContainsSubstring("1 problem to mend."));
}

TEST_CASE("check finds mistakes in files, failing tests and a foreign store") {
    Workshop workshop;
    SECTION("a file") {
        workshop.write("rapport.yaml", "wbe: {port: 1}\n");
        const Ran ran = workshop.run({"check"});
        CHECK(ran.code == 1);
        CHECK_THAT(ran.out, ContainsSubstring("wbe"));
    }
    SECTION("a failing test of a rule") {
        workshop.write("rules.yaml",
                       "rules:\n  - name: a\n    when: person.is_new\n    tests:\n"
                       "      - given: {person.is_new: true}\n        expect: silence\n");
        const Ran ran = workshop.run({"check"});
        CHECK(ran.code == 1);
        CHECK_THAT(ran.out, ContainsSubstring("✗ Rule a, test 1"));
    }
    SECTION("a store that is none") {
        workshop.write("rapport.db",
                       "This is a text and no database at all, and long enough to be told apart.");
        const Ran ran = workshop.run({"check", "--json"});
        CHECK(ran.code == 1);
        const boost::json::value object = boost::json::parse(ran.out);
        CHECK(object.at("ok") == false);
        CHECK_THAT(ran.out, ContainsSubstring("not a Rapport database"));
    }
}

TEST_CASE("the desk's token comes from a file that only its owner can read") {
    Workshop workshop;
    workshop.write("token", "s3cret\nrest\n");
    const std::string file = workshop.path("token").string();
    ::chmod(file.c_str(), 0644);
    CHECK_THROWS_AS(cli::desk_token(file), cli::Stop);
    ::chmod(file.c_str(), 0600);
    CHECK(cli::desk_token(file) == "s3cret");
    CHECK_THROWS_AS(cli::desk_token(workshop.path("none").string()), cli::Stop);
    workshop.write("token", "");
    CHECK_THROWS_AS(cli::desk_token(file), cli::Stop);
}

}  // namespace rapport::test
