#include "bot/people/ties.hpp"

#include <cmath>
#include <random>

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

constexpr double ms_per_month = 30.436875 * 24 * 3600 * 1000;
const Time begin_of_ties{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};

/// What one said at `at` is worth at `now`, by the plain formula.
double faded(double weight, double fade, Time at, Time now) {
    return weight * std::pow(fade, double((now - at).count()) / ms_per_month);
}

struct Interacted {
    double weight;
    bool outward;
    Time at;
};

std::vector<Interacted> random_interactions(std::mt19937& random, std::size_t count) {
    std::vector<Interacted> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back({double(1 + random() % 1000) / 100, random() % 3 != 0,
                       begin_of_ties + std::chrono::minutes{random() % (3 * 365 * 24 * 60)}});
    return all;
}

}  // namespace

TEST_CASE("a faded sum equals the plain sum of weight times fade to the months, in any order of time") {
    std::mt19937 random{7};
    for (const double fade : {0.9, 0.97, 0.5, 1.0}) {
        const Decay decay{fade};
        for (int round = 0; round < 20; ++round) {
            const auto all = random_interactions(random, 50);
            double sum = 0;
            for (const Interacted& one : all) sum += one.weight * decay.grown(one.at);
            const Time now = begin_of_ties + std::chrono::days{3 * 365 + round};
            double slow = 0;
            for (const Interacted& one : all) slow += faded(one.weight, fade, one.at, now);
            CHECK(decay.read(sum, now) == Approx(slow).epsilon(1e-9));
        }
    }
}

TEST_CASE("after one month nine tenths are left, after two months 81 hundredths") {
    const Decay decay{0.9};
    const auto month = std::chrono::milliseconds{std::int64_t(ms_per_month)};
    const double sum = 2 * decay.grown(begin_of_ties);
    CHECK(decay.read(sum, begin_of_ties) == Approx(2));
    CHECK(decay.read(sum, begin_of_ties + month) == Approx(1.8));
    CHECK(decay.read(sum, begin_of_ties + 2 * month) == Approx(1.62));
}

TEST_CASE("decay stays finite and positive from 1900 to 2400") {
    const Decay decay{0.9};
    for (int year = 1900; year <= 2400; year += 20) {
        const double grown = decay.grown(Time{std::chrono::sys_days{std::chrono::year{year} / 1 / 1}});
        CHECK(std::isfinite(grown));
        CHECK(grown > 0);
    }
}

TEST_CASE("add_to grows the side that it is said of, on both scales, and nothing else") {
    const Decay fast{0.9}, deep{0.97};
    StaffTie tie;
    add_to(tie, 2, true, begin_of_ties, fast, deep);
    CHECK(tie.out == Approx(2 * fast.grown(begin_of_ties)));
    CHECK(tie.deep_out == Approx(2 * deep.grown(begin_of_ties)));
    CHECK(tie.in == 0);
    CHECK(tie.deep_in == 0);
    CHECK(tie.last_out == begin_of_ties);
    CHECK(tie.last_in == never);
    add_to(tie, 1, false, begin_of_ties + 1h, fast, deep);
    CHECK(tie.in == Approx(fast.grown(begin_of_ties + 1h)));
    CHECK(tie.deep_in == Approx(deep.grown(begin_of_ties + 1h)));
    CHECK(tie.last_in == begin_of_ties + 1h);
    CHECK(tie.contacts == 2);
    add_to(tie, 1, true, begin_of_ties - 24h, fast, deep);
    CHECK(tie.last_out == begin_of_ties);  // found late: the last contact does not move back
    CHECK(tie.contacts == 3);
}

TEST_CASE("a one-sided tie counts half, a mutual one whole, and the side does not matter") {
    CHECK(mutual_strength(0, 0) == 0);
    CHECK(mutual_strength(8, 0) == 4);
    CHECK(mutual_strength(0, 8) == 4);
    CHECK(mutual_strength(4, 4) == 8);
    CHECK(mutual_strength(6, 3) == Approx(9 * 0.75));
    CHECK(mutual_strength(3, 6) == mutual_strength(6, 3));
}

TEST_CASE("one more word never makes a tie weaker, whichever side says it") {
    std::mt19937 random{11};
    for (int i = 0; i < 2000; ++i) {
        const double out = double(random() % 1000) / 10, in = double(random() % 1000) / 10;
        const double more = double(1 + random() % 100) / 10;
        CHECK(mutual_strength(out + more, in) > mutual_strength(out, in));
        CHECK(mutual_strength(out, in + more) > mutual_strength(out, in));
    }
}

TEST_CASE("the strength of a tie fades as a whole: scale and formula can be exchanged") {
    const Decay decay{0.9};
    const double out = 5 * decay.grown(begin_of_ties), in = 3 * decay.grown(begin_of_ties + 24h);
    const Time now = begin_of_ties + 2000h;
    CHECK(decay.read(mutual_strength(out, in), now) ==
          Approx(mutual_strength(decay.read(out, now), decay.read(in, now))));
}

TEST_CASE("each kind of interaction weighs what the configuration says") {
    TiesConfig config;
    config.reply = 8;
    config.mention = 4;
    config.reaction = 2;
    config.shared_conversation = 1;
    CHECK(weight_of(Interaction::reply, config) == 8);
    CHECK(weight_of(Interaction::mention, config) == 4);
    CHECK(weight_of(Interaction::reaction, config) == 2);
    CHECK(weight_of(Interaction::shared_conversation, config) == 1);
}

TEST_CASE("a bucket is a quarter of a power of two, also below one") {
    CHECK(community_bucket(1) == 0);
    CHECK(community_bucket(2) == 4);
    CHECK(community_bucket(0.5) == -4);
    CHECK(community_bucket(0.99) == -1);
    CHECK(community_bucket(1.18) == 0);
    CHECK(community_bucket(1.19) == 1);
}

TEST_CASE("moving a tie takes it out of one bucket and puts it into another") {
    CommunityRow community;
    StaffTie none, one, two;
    one.deep_out = 2;                // strength 1
    two.deep_out = two.deep_in = 1;  // strength 2
    move_in_community(community, none, one);
    CHECK(community.ties == std::map<std::int32_t, std::uint32_t>{{0, 1}});
    move_in_community(community, none, one);
    move_in_community(community, one, two);
    CHECK(community.ties == std::map<std::int32_t, std::uint32_t>{{0, 1}, {4, 1}});
    move_in_community(community, one, two);
    CHECK(community.ties == std::map<std::int32_t, std::uint32_t>{{4, 2}});
    move_in_community(community, two, none);
    move_in_community(community, two, none);
    CHECK(community.ties.empty());
    move_in_community(community, two, none);  // nothing is there to take: never below zero
    CHECK(community.ties.empty());
}
