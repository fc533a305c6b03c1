// `rapport check`.

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <memory>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/reading_facts.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "rules/self_test.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

/// `look`: worth knowing, but nothing is broken.
enum class Verdict { good, look, bad };

struct Finding {
    Verdict verdict = Verdict::good;
    std::string words{};
};

using Findings = std::vector<Finding>;

void check_files(const LoadedWorld& loaded, Findings& findings) {
    for (const std::string& problem : loaded.problems) findings.push_back({Verdict::bad, problem});
    if (!loaded.world) return;
    findings.push_back({Verdict::good, fmt::format("The files can be read: {}, {}.",
                                                   counted(loaded.world->team.staffers().size(), "staffer"),
                                                   counted(loaded.world->rules.rules().size(), "rule"))});
}

void check_rules(const World& world, Findings& findings) {
    const std::vector<rules::TestResult> results = run_tests(world.rules, facts_by_reading(*world.reader));
    std::size_t failed = 0;
    for (const rules::TestResult& result : results) {
        if (result.passed) continue;
        ++failed;
        findings.push_back({Verdict::bad, fmt::format("Rule {}", to_text(result))});
    }
    if (failed == 0)
        findings.push_back(
            {Verdict::good, fmt::format("The rules' own tests pass ({}).", counted(results.size(), "test"))});
}

void check_store_content(Store& store, const Context& context, Findings& findings) {
    const StoreCounts counts = must(store.counts());
    findings.push_back({Verdict::good, fmt::format("It holds {} by {} people, {} ({} open).",
                                                   counted(counts.messages, "message"), counts.persons,
                                                   counted(counts.alerts, "alert"), counts.alerts_open)});
    if (counts.quarantine > 0) {
        const std::vector<QuarantineRow> latest = must(store.quarantined(1));
        findings.push_back(
            {Verdict::look,
             fmt::format("{} that could not be processed kept aside. The latest, {}: {}: {}",
                         counted(counts.quarantine, "event"), time_text(context.zone, latest.front().at),
                         latest.front().what, latest.front().error)});
    }
    if (counts.gaps > 0) {
        const std::vector<GapRow> latest = must(store.gaps(1));
        findings.push_back({Verdict::look, fmt::format("{} in what could be heard. The latest, in {}: {}",
                                                       counted(counts.gaps, "gap"), latest.front().channel.id,
                                                       latest.front().why)});
    }
    if (counts.outbox > 0)
        findings.push_back({Verdict::look, fmt::format("{} to be brought to a desk; `rapport serve` brings "
                                                       "them.",
                                                       counted(counts.outbox, "card"))});
}

void check_store(const std::string& path, const Context& context, Findings& findings) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        findings.push_back(
            {Verdict::good, fmt::format("There is no store at {} yet; `rapport serve` makes it.", path)});
        return;
    }
    try {
        Context here = context;
        here.places.store = path;
        const auto store = must_open_for_reading(here);
        findings.push_back(
            {Verdict::good, fmt::format("The store {} can be read and has today's schema.", path)});
        check_store_content(*store, context, findings);
    } catch (const Stop& stop) {
        findings.push_back({Verdict::bad, stop.what()});
    }
}

/// Why nobody can listen there, or empty.
std::string cannot_listen(const std::string& address, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found);
        error != 0)
        return ::gai_strerror(error);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{found, ::freeaddrinfo};
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return std::strerror(errno);
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const std::string why =
        ::bind(socket, found->ai_addr, found->ai_addrlen) == 0 ? "" : std::strerror(errno);
    ::close(socket);
    return why;
}

void check_port(const WebConfig& web, bool running, Findings& findings) {
    if (running) {
        findings.push_back({Verdict::good, "A Rapport is running on this store."});
        return;
    }
    const std::string why = cannot_listen(web.address, web.port);
    const std::string place = fmt::format("{}:{}", web.address, web.port);
    findings.push_back(
        why.empty()
            ? Finding{Verdict::good, fmt::format("{} is free to listen on.", place)}
            : Finding{Verdict::bad, fmt::format("{} cannot be listened on ({}). Stop what is there, or "
                                                "set another web.port in rapport.yaml.",
                                                place, why)});
}

constexpr std::string_view mark(Verdict verdict) {
    return verdict == Verdict::good ? "✓" : verdict == Verdict::look ? "!" : "✗";
}
constexpr std::string_view word(Verdict verdict) {
    return verdict == Verdict::good ? "good" : verdict == Verdict::look ? "look" : "bad";
}

void print(const Context& context, const Findings& findings, std::size_t bad) {
    std::ostream& out = context.terminal.out;
    if (context.json) {
        json::array all;
        for (const Finding& finding : findings)
            all.push_back(json::object{{"verdict", word(finding.verdict)}, {"words", finding.words}});
        out << json::serialize(json::object{{"ok", bad == 0}, {"findings", std::move(all)}}) << "\n";
        return;
    }
    for (const Finding& finding : findings) {
        std::string words = several_lines(finding.words);
        while (words.ends_with('\n')) words.pop_back();
        out << mark(finding.verdict) << " " << words << "\n";
    }
    out << (bad == 0   ? std::string("All is well.\n")
            : bad == 1 ? std::string("1 problem to mend.\n")
                       : fmt::format("{} problems to mend.\n", bad));
}

}  // namespace

int check(const Context& context) {
    Findings findings;
    const LoadedWorld loaded = load_world(context.places);
    check_files(loaded, findings);
    if (loaded.world) {
        check_rules(*loaded.world, findings);
        const std::string path = store_path(context.places, loaded.world->config);
        check_store(path, context, findings);
        check_port(loaded.world->config.web, someone_writes(path), findings);
    } else if (context.places.store) {
        check_store(context.places.store->string(), context, findings);
    }
    const auto bad = std::size_t(std::count_if(
        findings.begin(), findings.end(), [](const Finding& one) { return one.verdict == Verdict::bad; }));
    print(context, findings, bad);
    return int(bad == 0 ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
