#include "bot/network/ties.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "support/catch.hpp"

using namespace rapport::network;

namespace {

constexpr Node ada = 0, bea = 1, cleo = 2, dan = 3, stranger = 99;

std::vector<Contact> times(std::size_t count, Contact contact) {
    return std::vector<Contact>(count, contact);
}

std::vector<Contact> operator+(std::vector<Contact> a, const std::vector<Contact>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("a contact counts half as much once half of all came after it") {
    const std::vector<Contact> contacts{{ada, bea}, {cleo, dan}, {cleo, dan}, {cleo, dan}};
    const Ties ties{contacts};
    CHECK(ties.said(ada, bea) == Approx(std::exp2(-1.5)));
    CHECK(ties.said(bea, ada) == ties.said(ada, bea));
    CHECK(ties.said(dan, cleo) == Approx(1 + std::exp2(-0.5) + std::exp2(-1)));
    CHECK(ties.messages(cleo, dan) == 3);
    CHECK(ties.said(ada, dan) == 0);
    CHECK(ties.said(ada, stranger) == 0);
}

TEST_CASE("those who seek one another have a lift above one, however little they talk") {
    // Ada talks with everybody all the time; Cleo and Dan only with one another.
    const auto contacts = times(10, {ada, bea}) + times(3, {ada, cleo}) + times(3, {cleo, dan}) +
                          times(10, {ada, bea}) + times(3, {cleo, dan});
    const Ties ties{contacts};
    CHECK(ties.lift(cleo, dan) > ties.lift(ada, bea));
    CHECK(ties.lift(cleo, dan) > 1);
    CHECK(ties.lift(ada, cleo) < 1);
    CHECK(ties.lift(ada, dan) == 0);
    CHECK(ties.lift(ada, stranger) == 0);
    CHECK(ties.degree_product(ada, bea) == 23 * 20);
    CHECK(ties.degree_product(ada, stranger) == 0);
}

TEST_CASE("closeness falls with silence, and strangers who talk much come before strangers who do not") {
    const auto contacts = times(5, {ada, bea}) + times(5, {cleo, dan}) + times(2, {ada, cleo});
    const Ties ties{contacts};
    CHECK(ties.closeness(cleo, dan) > ties.closeness(ada, bea));
    CHECK(ties.closeness(ada, dan) > ties.closeness(bea, dan));
    CHECK(ties.closeness(ada, stranger) == 0);
    const double expected = ties.expected(cleo, dan), said = ties.said(cleo, dan);
    CHECK(ties.closeness(cleo, dan) == Approx(std::sqrt(expected * (said + expected / 10))));
}

TEST_CASE("no contacts, no ties") {
    const Ties ties{{}};
    CHECK(ties.known().empty());
    CHECK(ties.people().empty());
    CHECK(ties.closeness(ada, bea) == 0);
    CHECK(foretell_known({}, 0.7).talked.empty());
    CHECK(foretell_all({}, 0.7, 10, 1).talked.empty());
}

TEST_CASE("the first part is known, the rest is foretold") {
    const std::vector<Contact> contacts{{ada, bea}, {bea, cleo}, {cleo, dan}, {bea, ada}, {dan, ada}};
    const Foretold known = foretell_known(contacts, 0.6);
    CHECK(known.talked == std::vector<bool>{true, false, false});
    CHECK(known.messages == std::vector<float>{1, 1, 1});
    const Foretold all = foretell_all(contacts, 0.6, 100, 1);
    CHECK(all.talked.size() == 6);
    CHECK(std::count(all.talked.begin(), all.talked.end(), true) == 2);
    CHECK(foretell_known(contacts, 1).talked == std::vector<bool>(4, false));
    CHECK(foretell_known(contacts, 0).talked.empty());
}

TEST_CASE("of very many pairs that do not talk some are taken, the same for the same seed") {
    std::vector<Contact> contacts;
    std::mt19937 random{5};  // NOLINT: the same each time
    for (int i = 0; i < 500; ++i) {
        const Node from = Node(random() % 100);
        contacts.push_back({from, Node((from + 1 + random() % 98) % 100)});
    }
    const Foretold some = foretell_all(contacts, 0.7, 50, 1), again = foretell_all(contacts, 0.7, 50, 1);
    CHECK(std::count(some.talked.begin(), some.talked.end(), false) == 50);
    CHECK(some.degree_product == again.degree_product);
    CHECK(some.degree_product != foretell_all(contacts, 0.7, 50, 2).degree_product);
}

TEST_CASE("where nearly everybody talks afterwards, the few pairs that do not are all taken") {
    constexpr Node people = 30;
    std::vector<Contact> contacts;
    for (Node a = 0; a < people; ++a) contacts.push_back({a, Node((a + 1) % people)});
    std::vector<Contact> later;
    for (Node a = 0; a < people; ++a)
        for (Node b = a + 1; b < people; ++b)
            if (a != 0) later.push_back({a, b});
    const double share = double(contacts.size()) / double(contacts.size() + later.size());
    const Foretold all = foretell_all(contacts + later, share + 1e-9, 100, 1);
    CHECK(std::count(all.talked.begin(), all.talked.end(), true) == std::ptrdiff_t(later.size()));
    CHECK(std::count(all.talked.begin(), all.talked.end(), false) == people - 1);
}
