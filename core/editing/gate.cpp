// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate.h"

#include "editing/crossing.h"
#include "geo/box_tree.h"
#include "geo/invalidity.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace nunatak::editing {

namespace {

using geo::Meeting;

/// An edge with the vertices that it joins; a vertex that comes has a number below 0.
struct Piece {
    geo::Point a, b;
    geo::VertexId from, to;
};

geo::Extent boxOf(const Piece& piece) {
    geo::Extent box;
    box.include(piece.a);
    box.include(piece.b);
    return box;
}

bool isSameRing(const geo::VertexId& a, const geo::VertexId& b) {
    return a.part == b.part && a.ring == b.ring;
}

bool haveCommonVertex(const Piece& a, const Piece& b) {
    return a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to;
}

/// A ring and what is done to it.
struct Cut {
    explicit Cut(const geo::MultiPolygon& shape, const RingSplice& of)
        : splice(of), ring(geo::ringOf(shape, of.part, of.ring)) {}

    std::size_t size() const { return ring.size(); }
    /// The vertex before the first that goes; it stays.
    std::size_t before() const { return (splice.first + size() - 1) % size(); }
    std::size_t after() const { return (splice.first + splice.removed) % size(); }
    geo::VertexId id(std::size_t index) const { return {splice.part, splice.ring, static_cast<int>(index)}; }

    const RingSplice& splice;
    const geo::Ring& ring;
};

void addOldPieces(const Cut& cut, std::vector<Piece>& pieces) {
    for (std::size_t k = 0; k <= cut.splice.removed; ++k) {
        const std::size_t from = (cut.before() + k) % cut.size();
        const std::size_t to = (from + 1) % cut.size();
        pieces.push_back({cut.ring[from], cut.ring[to], cut.id(from), cut.id(to)});
    }
}

/// Vertices in one place count as one, so that what touches there is a neighbour.
void addNewPieces(const Cut& cut, int& nextNumber, std::vector<Piece>& pieces) {
    geo::Point last = cut.ring[cut.before()];
    geo::VertexId name = cut.id(cut.before());
    const std::size_t first = pieces.size();
    for (const geo::Point& point : cut.splice.added) {
        if (point == last) {
            continue;
        }
        const geo::VertexId next{cut.splice.part, cut.splice.ring, nextNumber--};
        pieces.push_back({last, point, name, next});
        last = point;
        name = next;
    }
    const geo::Point end = cut.ring[cut.after()];
    if (end != last) {
        pieces.push_back({last, end, name, cut.id(cut.after())});
    } else if (pieces.size() > first) {
        pieces.back().to = cut.id(cut.after());
    }
}

/// Where two edges meet: of a stretch that both have one of its ends.
geo::Point placeOf(Meeting meeting, const Piece& one, const Piece& other) {
    if (meeting == Meeting::Cross) {
        return crossingOf(one.a, one.b, other.a, other.b);
    }
    for (const geo::Point end : {one.a, one.b}) {
        if (geo::isOn(end, other.a, other.b)) {
            return end;
        }
    }
    return geo::isOn(other.a, one.a, one.b) ? other.a : other.b;
}

struct Defects {
    int count = 0;
    int touches = 0; ///< of other rings of the outline, in a point: only all of them together can be judged
    const char* reason = nullptr;
    geo::Point place;

    void look(const Piece& one, const Piece& other) {
        const Meeting meeting = geo::meet(one.a, one.b, other.a, other.b);
        const bool own = isSameRing(one.from, other.from);
        if (meeting == Meeting::None || (meeting == Meeting::Touch && own && haveCommonVertex(one, other))) {
            return;
        }
        if (meeting == Meeting::Touch && !own) {
            ++touches;
            return;
        }
        ++count;
        if (reason == nullptr) {
            reason = !own                        ? "Two lines would cross here."
                     : meeting == Meeting::Touch ? "The line would touch itself."
                                                 : "The line would cross itself.";
            place = placeOf(meeting, one, other);
        }
    }
};

/// The edges that go, found by their numbers: splices may be thousands.
class Taken {
public:
    explicit Taken(const std::vector<Cut>& cuts) {
        for (const Cut& cut : cuts) {
            const std::size_t first = cut.before();
            const std::size_t end = first + cut.splice.removed + 1;
            add(cut, first, std::min(end, cut.size()));
            if (end > cut.size()) {
                add(cut, 0, end - cut.size());
            }
        }
        std::sort(m_ranges.begin(), m_ranges.end());
    }

    bool has(const geo::VertexId& from) const {
        const Range at{from.part, from.ring, static_cast<std::size_t>(from.index),
                       std::numeric_limits<std::size_t>::max()};
        const auto next = std::upper_bound(m_ranges.begin(), m_ranges.end(), at);
        if (next == m_ranges.begin()) {
            return false;
        }
        const auto& [part, ring, first, end] = *std::prev(next);
        return part == from.part && ring == from.ring && static_cast<std::size_t>(from.index) < end;
    }

private:
    using Range = std::tuple<int, int, std::size_t, std::size_t>; ///< part, ring, first, end
    void add(const Cut& cut, std::size_t first, std::size_t end) {
        m_ranges.emplace_back(cut.splice.part, cut.splice.ring, first, end);
    }
    std::vector<Range> m_ranges;
};

/// How these pieces meet each other and the edges that stay.
Defects defectsOf(const geo::MultiPolygon& shape, const geo::EdgeIndex& index, const Taken& taken,
                  const std::vector<Piece>& pieces) {
    std::vector<geo::Extent> boxes;
    boxes.reserve(pieces.size());
    for (const Piece& piece : pieces) {
        boxes.push_back(boxOf(piece));
    }
    const geo::BoxTree tree(boxes);
    Defects defects;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        index.visit(shape, boxes[i], [&](const geo::Edge& edge) {
            if (!taken.has(edge.from)) {
                const auto size = static_cast<int>(geo::ringOf(shape, edge.from.part, edge.from.ring).size());
                geo::VertexId to = edge.from;
                to.index = to.index + 1 < size ? to.index + 1 : 0;
                defects.look(pieces[i], {edge.a, edge.b, edge.from, to});
            }
        });
        tree.visit(boxes[i], [&](std::size_t k) {
            if (k > i) {
                defects.look(pieces[i], pieces[k]);
            }
        });
    }
    return defects;
}

/// How these edges meet each other and all others of the shape.
Defects defectsOf(const EdgesOf& of) {
    const auto numberOf = [](const geo::VertexId& edge) {
        return std::tuple(edge.part, edge.ring, edge.index);
    };
    std::vector<std::tuple<int, int, int>> numbers;
    numbers.reserve(of.edges.size());
    for (const geo::VertexId& edge : of.edges) {
        numbers.push_back(numberOf(edge));
    }
    std::sort(numbers.begin(), numbers.end());
    const auto pieceAt = [&](const geo::VertexId& from) {
        const geo::Ring& ring = geo::ringOf(of.shape, from.part, from.ring);
        geo::VertexId to = from;
        to.index = static_cast<std::size_t>(to.index) + 1 < ring.size() ? to.index + 1 : 0;
        return Piece{ring[static_cast<std::size_t>(from.index)], ring[static_cast<std::size_t>(to.index)],
                     from, to};
    };
    Defects defects;
    for (const geo::VertexId& edge : of.edges) {
        const Piece piece = pieceAt(edge);
        of.index.visit(of.shape, boxOf(piece), [&](const geo::Edge& met) {
            const auto number = numberOf(met.from);
            const bool isComing = std::binary_search(numbers.begin(), numbers.end(), number);
            if (!isComing || number > numberOf(edge)) {
                defects.look(piece, pieceAt(met.from));
            }
        });
    }
    return defects;
}

/// What goes wrong when a ring that lay inside or outside of another comes to lie on its other side; null:
/// nothing that was right.
const char* reasonAgainst(const geo::VertexId& own, const geo::VertexId& other, bool isInsideNow) {
    const bool samePart = own.part == other.part;
    const bool ownIsHole = own.ring > 0;
    const bool otherIsHole = other.ring > 0;
    if (samePart && !(ownIsHole && otherIsHole)) {
        // A hole and its outer line: the hole belongs inside, the line never inside the hole.
        return isInsideNow == ownIsHole ? "A hole would lie outside." : nullptr;
    }
    if (samePart) {
        return isInsideNow ? "Two holes would overlap." : nullptr;
    }
    if (!otherIsHole) {
        // Another part stays outside of the outer line, and within the hole that it is an island of.
        return isInsideNow != ownIsHole ? "Two parts would overlap." : nullptr;
    }
    return nullptr; // follows from that part's outer line
}

/// Rings that lie wholly in the area which the edited ring gains or loses.
void throwIfNestedWrongly(const geo::MultiPolygon& before, const geo::EdgeIndex& index,
                          const std::vector<Cut>& cuts) {
    std::vector<geo::Ring> swept;
    geo::Extent box;
    for (const Cut& cut : cuts) {
        geo::Ring area;
        for (std::size_t k = 0; k <= cut.splice.removed + 1; ++k) {
            area.push_back(cut.ring[(cut.before() + k) % cut.size()]);
        }
        area.insert(area.end(), cut.splice.added.rbegin(), cut.splice.added.rend());
        box.include(geo::extentOf({{area, {}}}));
        swept.push_back(std::move(area));
    }
    const geo::VertexId own = cuts.front().id(0);
    index.visitRings(box, [&](int part, int number) {
        const geo::VertexId other{part, number, 0};
        const geo::Ring& ring = geo::ringOf(before, part, number);
        if (isSameRing(own, other) || ring.empty()) {
            return;
        }
        bool changesSide = false;
        for (const geo::Ring& area : swept) {
            changesSide = changesSide != geo::isInside(area, ring.front());
        }
        if (!changesSide) {
            return;
        }
        const bool isInsideNow = !geo::isInside(cuts.front().ring, ring.front());
        if (const char* reason = reasonAgainst(own, other, isInsideNow)) {
            throw Refused(reason, ring.front());
        }
    });
}

/// What GEOS finds, in the words of the other refusals.
std::string sentenceOf(const std::string& reason) {
    static const std::map<std::string, const char*> sentences{
        {"Self-intersection", "Two lines would cross here."},
        {"Ring Self-intersection", "The line would touch itself."},
        {"Hole lies outside shell", "A hole would lie outside."},
        {"Holes are nested", "Two holes would overlap."},
        {"Nested shells", "Two parts would overlap."},
        {"Interior is disconnected", "The glacier would fall apart here."},
        {"Duplicate Rings", "Two lines would be the same."},
        {"Too few points in geometry component", "Too few vertices would be left."},
    };
    const auto known = sentences.find(reason);
    return known != sentences.end() ? known->second : "The outline would not be valid: " + reason + ".";
}

geo::MultiPolygon spliced(geo::MultiPolygon shape, std::span<const RingSplice> splices) {
    applySplices(splices, shape);
    return shape;
}

} // namespace

Refused::Refused(const std::string& sentence, std::optional<geo::Point> place)
    : Error(sentence), m_place(place) {}

void throwIfWorse(const geo::MultiPolygon& before, const geo::EdgeIndex& index,
                  std::span<const RingSplice> splices) {
    bool isWhole = false;
    for (const RingSplice& splice : splices) {
        if (!geo::isFinite(splice.added)) {
            throw Error("An outline cannot have a vertex at a place without coordinates.");
        }
        isWhole = isWhole || splice.removed == geo::ringOf(before, splice.part, splice.ring).size();
    }
    if (isWhole) {
        throwIfWorse(before, spliced(before, splices));
        return;
    }
    std::vector<Cut> cuts;
    std::vector<Piece> going;
    std::vector<Piece> coming;
    int nextNumber = -1;
    for (const RingSplice& splice : splices) {
        cuts.emplace_back(before, splice);
        addOldPieces(cuts.back(), going);
        addNewPieces(cuts.back(), nextNumber, coming);
    }
    if (cuts.empty()) {
        return;
    }
    const Taken taken(cuts);
    const Defects now = defectsOf(before, index, taken, coming);
    const Defects then =
        now.count > 0 || index.rings() > 1 ? defectsOf(before, index, taken, going) : Defects();
    if (now.count > then.count) {
        throw Refused(now.reason, now.place);
    }
    if (index.rings() == 1) {
        return;
    }
    const bool isOneRing = std::all_of(
        cuts.begin(), cuts.end(), [&](const Cut& cut) { return isSameRing(cut.id(0), cuts.front().id(0)); });
    if (!isOneRing || now.touches + then.touches > 0) {
        throwIfWorse(before, spliced(before, splices));
        return;
    }
    throwIfNestedWrongly(before, index, cuts);
}

void throwIfWorse(const EdgesOf& going, const EdgesOf& coming) {
    for (const geo::VertexId& edge : coming.edges) {
        if (!geo::isFinite(*geo::vertexAt(coming.shape, edge))) {
            throw Error("An outline cannot have a vertex at a place without coordinates.");
        }
    }
    const Defects now = defectsOf(coming);
    if (now.count > 0 && now.count > defectsOf(going).count) {
        throw Refused(now.reason, now.place);
    }
}

void throwIfWorse(const geo::MultiPolygon& before, const geo::MultiPolygon& after) {
    const geo::MultiPolygon* const shape = &before;
    throwIfWorse(std::span(&shape, 1), after);
}

void throwIfWorse(std::span<const geo::MultiPolygon* const> before, const geo::MultiPolygon& after) {
    const auto invalid = geo::invalidityOf(after);
    if (invalid && std::none_of(before.begin(), before.end(), [](const geo::MultiPolygon* shape) {
            return geo::invalidityOf(*shape).has_value();
        })) {
        throw Refused(sentenceOf(invalid->reason), invalid->place);
    }
}

} // namespace nunatak::editing
