// SPDX-License-Identifier: GPL-3.0-or-later
#include "outline_matching.h"

#include "base/letters.h"
#include "geo/box_tree.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

namespace nunatak::comparison {

namespace {

/// Places in stripes from west to east, from south to north in each, so that neighbours in the row are
/// neighbours on the map (sort-tile-recursive; Leutenegger et al. 1997).
std::vector<std::size_t> inTiles(const std::vector<geo::Extent>& boxes) {
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return boxes[i].center().x; });
    const auto stripe =
        static_cast<std::size_t>(std::ceil(std::sqrt(8.0 * static_cast<double>(boxes.size()))));
    for (std::size_t first = 0; first < order.size(); first += stripe) {
        const auto end = std::min(order.size(), first + stripe);
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(first),
                  order.begin() + static_cast<std::ptrdiff_t>(end),
                  [&](std::size_t a, std::size_t b) { return boxes[a].center().y < boxes[b].center().y; });
    }
    return order;
}

std::vector<geo::Extent> boxesOf(const Shapes& shapes) {
    std::vector<geo::Extent> boxes;
    std::ranges::transform(shapes, std::back_inserter(boxes), geo::extentOf);
    return boxes;
}

std::size_t rootOf(std::vector<std::size_t>& parents, std::size_t place) {
    while (parents[place] != place) {
        place = parents[place] = parents[parents[place]];
    }
    return place;
}

/// Capital letters in the name of the column do not matter.
std::string textOf(const outlines::Outline& outline, const std::string& attribute) {
    for (const auto& [name, value] : outline.attributes) {
        if (isSameInAnyCase(name, attribute)) {
            return value.text();
        }
    }
    return {};
}

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> pairsThatMayMeet(const Shapes& ones, const Shapes& others) {
    const auto boxes = boxesOf(others);
    const auto order = inTiles(boxes);
    std::vector<geo::Extent> leaves;
    for (const auto place : order) {
        leaves.push_back(boxes[place]);
    }
    const geo::BoxTree tree(std::move(leaves));
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < ones.size(); ++i) {
        const auto box = geo::extentOf(ones[i]);
        if (!box.empty()) {
            tree.visit(box, [&](std::size_t leaf) { pairs.emplace_back(i, order[leaf]); });
        }
    }
    return pairs;
}

std::vector<Group> groupsOf(std::size_t models, std::size_t experts,
                            const std::vector<std::pair<std::size_t, std::size_t>>& links) {
    std::vector<std::size_t> parents(models + experts);
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    for (const auto& [model, expert] : links) {
        parents[rootOf(parents, models + expert)] = rootOf(parents, model);
    }
    std::map<std::size_t, Group> groups;
    for (std::size_t i = 0; i < parents.size(); ++i) {
        Group& group = groups[rootOf(parents, i)];
        i < models ? group.models.push_back(i) : group.experts.push_back(i - models);
    }
    std::vector<Group> all;
    for (auto& [root, group] : groups) {
        all.push_back(std::move(group));
    }
    return all;
}

std::vector<std::pair<std::size_t, std::size_t>>
linksByAttribute(const std::vector<outlines::OutlineHandle>& models,
                 const std::vector<outlines::OutlineHandle>& experts, const std::string& attribute) {
    std::multimap<std::string, std::size_t> byText;
    for (std::size_t i = 0; i < experts.size(); ++i) {
        byText.emplace(textOf(*experts[i], attribute), i);
    }
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t i = 0; i < models.size(); ++i) {
        const auto text = textOf(*models[i], attribute);
        const auto [first, end] = byText.equal_range(text);
        for (auto found = first; !text.empty() && found != end; ++found) {
            links.emplace_back(i, found->second);
        }
    }
    return links;
}

} // namespace nunatak::comparison
