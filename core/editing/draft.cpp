// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/draft.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/paths.h"
#include "geo/same_line.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace nunatak::editing {

using outlines::OutlineHandle;
using outlines::OutlineRef;

Draft::Draft(LayerSource layers, EdgeIndices& indices) : m_layers(std::move(layers)), m_indices(&indices) {}

OutlineHandle Draft::find(const OutlineRef& ref) const {
    if (const auto found = m_changes.find(ref); found != m_changes.end()) {
        return found->second.after;
    }
    const outlines::OutlineSet* layer = m_layers(ref.layer).outlines;
    return layer != nullptr ? layer->find(ref.uuid) : nullptr;
}

OutlineHandle Draft::require(const OutlineRef& ref) const {
    OutlineHandle outline = find(ref);
    if (!outline) {
        throw Error("The outline is not there any more.");
    }
    return outline;
}

Draft::Change& Draft::change(const OutlineRef& ref) {
    const auto found = m_changes.find(ref);
    if (found != m_changes.end()) {
        return found->second;
    }
    const OutlineHandle before = find(ref);
    return m_changes.emplace(ref, Change{before, before, m_changes.size(), false}).first->second;
}

std::vector<OutlineHandle> Draft::near(const std::string& layer, const geo::Extent& extent) const {
    const outlines::OutlineSet* outlines = m_layers(layer).outlines;
    std::vector<OutlineHandle> found =
        outlines != nullptr ? outlines->in(extent) : std::vector<OutlineHandle>();
    if (m_changes.empty()) {
        return found;
    }
    std::erase_if(found, [&](const OutlineHandle& outline) {
        return m_changes.contains({layer, outline->uuid});
    });
    for (const auto& [ref, change] : m_changes) {
        if (ref.layer == layer && change.after && change.after->extent().intersects(extent)) {
            found.push_back(change.after);
        }
    }
    return found;
}

namespace {

/// Asks the gate. Of an outline that changes along with the one in the hand a reason says its name.
template <typename Ask> void judge(const outlines::Outline& outline, bool isInTheHand, const Ask& ask) {
    try {
        ask();
    } catch (const Refused& refused) {
        if (isInTheHand) {
            throw;
        }
        throw Refused("Of " + outlines::nameInSentence(outline) + ": " + refused.what(), refused.place());
    }
}

/// What several outlines are made of, such as the pieces of one, is looked at once.
class Origins {
public:
    /// Throws Refused where the shape is worse than all that it is made of.
    ChangedShape changed(const OutlineRef& ref, const std::vector<OutlineHandle>& madeOf,
                         const OutlineHandle& now, const OutlineHandle& after, bool isInTheHand) {
        judge(*now, isInTheHand, [&] { throwIfWorse(shapesOf(madeOf), after->geometry); });
        ChangedShape changed{ref, nullptr, after, {}, madeOf};
        if (takesGround(*after)) { // what takes no ground has none in common with others
            std::erase_if(changed.madeOf, [](const OutlineHandle& origin) { return !takesGround(*origin); });
        }
        auto& [whole, edges] = m_known[changed.madeOf];
        if (!whole) {
            const auto shapes = shapesOf(changed.madeOf);
            edges = std::make_shared<const EdgesThere>(shapes);
            whole = changed.madeOf.size() == 1 ? changed.madeOf.front() : together(*now, shapes);
        }
        changed.before = whole;
        changed.edges = edges->comingIn(after->geometry);
        return changed;
    }

private:
    static std::vector<const geo::MultiPolygon*> shapesOf(const std::vector<OutlineHandle>& outlines) {
        std::vector<const geo::MultiPolygon*> shapes;
        for (const OutlineHandle& outline : outlines) {
            shapes.push_back(&outline->geometry);
        }
        return shapes;
    }

    static OutlineHandle together(const outlines::Outline& like,
                                  const std::vector<const geo::MultiPolygon*>& shapes) {
        outlines::Outline all = like;
        all.geometry.clear();
        for (const geo::MultiPolygon* shape : shapes) {
            all.geometry.insert(all.geometry.end(), shape->begin(), shape->end());
        }
        return outlines::share(std::move(all));
    }

    struct Known {
        OutlineHandle whole;
        std::shared_ptr<const EdgesThere> edges;
    };
    std::map<std::vector<OutlineHandle>, Known> m_known;
};

/// What splices that leave something of each ring make of it.
std::vector<outlines::ChangedRun> runsOf(const std::vector<RingSplice>& splices,
                                         const geo::MultiPolygon& before) {
    std::vector<outlines::ChangedRun> runs;
    runs.reserve(splices.size());
    for (const RingSplice& splice : splices) {
        const geo::Ring& ring = geo::ringOf(before, splice.part, splice.ring);
        const std::size_t from = splice.first + ring.size() - 1;
        outlines::ChangedRun run{splice.part, splice.ring, {}, {}};
        for (std::size_t i = 0; i < splice.removed + 2; ++i) {
            run.was.push_back(ring[(from + i) % ring.size()]);
        }
        run.now.reserve(splice.added.size() + 2);
        run.now.push_back(run.was.front());
        run.now.insert(run.now.end(), splice.added.begin(), splice.added.end());
        run.now.push_back(run.was.back());
        runs.push_back(std::move(run));
    }
    return runs;
}

} // namespace

void Draft::reshape(std::vector<Reshape> changes) {
    std::vector<ChangedShape> changed;
    Origins origins;
    std::vector<std::pair<OutlineRef, OutlineHandle>> ways; // lines and points, which take no ground
    for (Reshape& each : changes) {
        const OutlineHandle now = require(each.ref);
        outlines::Outline shaped = *now;
        if (geo::isPath(now->geometry)) {
            if (each.shape) {
                shaped.geometry = std::move(*each.shape);
            } else {
                applySplices(each.splices, shaped.geometry);
            }
            throwUnlessSoundPath(shaped.geometry);
            ways.emplace_back(each.ref, outlines::share(std::move(shaped)));
            continue;
        }
        if (each.shape && !each.madeOf.empty()) {
            shaped.geometry = std::move(*each.shape);
            changed.push_back(origins.changed(each.ref, each.madeOf, now, outlines::share(std::move(shaped)),
                                              &each == changes.data()));
            continue;
        }
        if (each.shape && each.edges) {
            shaped.geometry = std::move(*each.shape);
            OutlineHandle after = outlines::share(std::move(shaped));
            judge(*now, &each == changes.data(), [&] {
                throwIfWorse({now->geometry, *m_indices->of(now), each.edges->going},
                             {after->geometry, *m_indices->of(after), each.edges->coming});
            });
            changed.push_back({each.ref, now, after, std::move(*each.edges), {}});
            continue;
        }
        if (each.shape) {
            judge(*now, &each == changes.data(), [&] { throwIfWorse(now->geometry, *each.shape); });
            shaped.geometry = std::move(*each.shape);
            OutlineHandle after = outlines::share(std::move(shaped));
            changed.push_back({each.ref, now, after, changedEdges(now->geometry, after->geometry), {}});
            continue;
        }
        judge(*now, &each == changes.data(),
              [&] { throwIfWorse(now->geometry, *m_indices->of(now), each.splices); });
        applySplices(each.splices, shaped.geometry);
        const bool isWhole = std::any_of(each.splices.begin(), each.splices.end(), [&](const auto& splice) {
            return splice.removed == geo::ringOf(now->geometry, splice.part, splice.ring).size();
        });
        OutlineHandle after = isWhole ? outlines::share(std::move(shaped))
                                      : std::make_shared<const outlines::SharedOutline>(
                                            std::move(shaped), *now, runsOf(each.splices, now->geometry));
        changed.push_back({each.ref, now, after, changedEdges(now->geometry, each.splices), {}});
        m_indices->derive(now, after, std::move(each.splices));
    }
    throwIfOverlapping(*this, changed);
    for (const auto& [ref, after] : ways) {
        change(ref).after = after;
    }
    for (const ChangedShape& each : changed) {
        Change& now = change(each.ref);
        now.isAlong = &each != changed.data() && (now.isAlong || now.before == now.after);
        now.after = each.after;
    }
}

void Draft::reshape(const OutlineRef& ref, std::vector<RingSplice> splices) {
    reshape({Reshape{ref, std::move(splices)}});
}

void Draft::reshape(const OutlineRef& ref, geo::MultiPolygon shape) {
    reshape({Reshape{ref, {}, std::move(shape)}});
}

void Draft::put(const std::string& layer, outlines::Outline outline) {
    Change& changed = change({layer, outline.uuid});
    changed.after = outlines::share(std::move(outline));
}

void Draft::remove(const OutlineRef& ref) {
    require(ref);
    change(ref).after = nullptr;
}

std::size_t Draft::changedBeside(const OutlineRef& ref) const {
    return static_cast<std::size_t>(std::count_if(m_changes.begin(), m_changes.end(), [&](const auto& each) {
        const auto& [before, after] = std::tie(each.second.before, each.second.after);
        return each.first != ref && before != after &&
               !(before && after && geo::isSameLine(before->geometry, after->geometry, onLine));
    }));
}

Edit Draft::edit(std::string description, std::optional<OutlineRef> then) const {
    std::vector<std::pair<std::size_t, outlines::OutlineChange>> ordered;
    for (const auto& [ref, change] : m_changes) {
        if (change.before != change.after) {
            ordered.push_back({change.order, {ref.layer, change.before, change.after, change.isAlong}});
        }
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Edit edit{std::move(description), {}, std::move(then), {}};
    for (auto& [order, change] : ordered) {
        edit.changes.push_back(std::move(change));
    }
    return edit;
}

} // namespace nunatak::editing
