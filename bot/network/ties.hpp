#pragma once

// How close two people are, next to how much each of them talks with everybody.

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "bot/network/graph.hpp"

namespace rapport::network {

/// Somebody answered somebody. The two differ.
struct Contact {
    Node from = 0, to = 0;
};

/// The ties in a time-ordered list of contacts. What is older counts less, by how much has been said since:
/// half of all contacts later, half.
class Ties {
public:
    explicit Ties(std::span<const Contact> contacts);

    /// What the two said to one another, faded. From 0; in contacts, of which the last is 1.
    double said(Node a, Node b) const;
    /// What it would be if everybody talked with everybody by how much they talk at all: the product of both
    /// sums, by the sum of all (the null model of Newman and Girvan 2004, section IV).
    double expected(Node a, Node b) const;
    /// How many times as much as expected; 0 for strangers. Above 1 they seek one another.
    double lift(Node a, Node b) const;
    /// How likely they are to talk again, for comparing: the geometric mean of what is expected and of what
    /// they said, with a tenth of what is expected for those who never talked. From 0; no probability.
    double closeness(Node a, Node b) const;

    /// Contacts of the two, each counted as one.
    std::size_t messages(Node a, Node b) const;
    /// The product of how many contacts each had: plain activity, which is hard to beat.
    double degree_product(Node a, Node b) const;

    struct Pair {
        Node a = 0, b = 0;  ///< a < b
        bool operator==(const Pair&) const = default;
    };
    /// Who had a contact, in the order of a, then b.
    std::vector<Pair> known() const;
    /// Everybody who had one, ascending.
    std::vector<Node> people() const;

private:
    struct Sum {
        double faded = 0;
        std::size_t messages = 0;
    };
    static std::uint64_t key(Node a, Node b);
    const Sum* between(Node a, Node b) const;

    std::unordered_map<std::uint64_t, Sum> pairs_{};
    std::unordered_map<Node, Sum> people_{};
    double all_ = 0;  ///< The sum of all faded contacts.
};

/// Pairs with what is said of them by what was known, and what came of it.
struct Foretold {
    std::vector<bool> talked{};  ///< They had a contact afterwards.
    std::vector<float> closeness{}, degree_product{}, messages{};
};

/// Knows the first part of the contacts (`share` of them, 0 to 1), and tells about those who had one there:
/// who will have another in the rest?
Foretold foretell_known(std::span<const Contact> contacts, double share);
/// The same about any two people of the first part. Of those who do not talk afterwards at most `most` pairs
/// are taken, by chance from `seed`.
Foretold foretell_all(std::span<const Contact> contacts, double share, std::size_t most, std::uint32_t seed);

}  // namespace rapport::network
