// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "editing/area_words.h"
#include "geo/shape_operations.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "outlines/taken_outline.h"
#include "project/inventory.h"
#include "project/inventory_merge.h"
#include "project/project.h"
#include "project/step_tools.h"

#include <algorithm>
#include <set>
#include <utility>

// What references say comes into an inventory.
namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::OutlineHandle;

namespace {

void throwUnlessFromReferenceToInventory(const LayerInfo& reference, const LayerInfo& inventory) {
    if (!outlines::isReference(reference.kind)) {
        throw Error("The layer " + outlines::titleOf(reference) +
                    " is no reference. Take outlines from a predicted or an expert's layer.");
    }
    if (inventory.kind != LayerKind::Inventory) {
        throw Error("The layer " + outlines::titleOf(inventory) + " is no inventory to take outlines into.");
    }
}

/// What outlines lose that are cut beside others, those that lose most first, after what it is; empty where
/// that is nothing to speak of.
std::string cutWords(const std::string& what, const std::vector<Merge::Cut>& cut, const geo::Crs& crs) {
    constexpr double notable = 1; // m²: less is rounding along a line
    constexpr std::size_t most = 3;
    std::vector<std::pair<double, OutlineHandle>> lost;
    double all = 0;
    for (const Merge::Cut& each : cut) {
        const double area =
            geo::geodesicArea(each.whole->geometry, crs) - geo::geodesicArea(each.left->geometry, crs);
        if (area >= notable) {
            lost.emplace_back(area, each.whole);
            all += area;
        }
    }
    std::stable_sort(lost.begin(), lost.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string words;
    for (std::size_t i = 0; i < std::min(most, lost.size()); ++i) {
        words +=
            (i == 0 ? "" : ", ") + namesOf({lost[i].second}) + " by " + editing::areaWords(lost[i].first);
    }
    if (lost.size() > most) {
        words += " and " + std::to_string(lost.size() - most) + " more, by " + editing::areaWords(all) +
                 " together";
    }
    return words.empty() ? words : what + ": " + words + ".";
}

/// Outlines that are brought into an inventory one after another, each beside those before it.
class Taking {
public:
    Taking(const outlines::OutlineSet& inventory, LayerInfo info)
        : m_now(inventory), m_info(std::move(info)) {}

    void take(const outlines::SharedOutline& reference, LayerKind source) {
        OutlineHandle there = m_now.find(reference.uuid);
        there = there ? there : outlines::sameGroundIn(m_now, reference);
        outlines::Outline after = outlines::asOfInventory(reference, source);
        if (there) {
            after = outlines::inPlaceOf(*there, after);
        }
        throwIfTaken(there, reference);
        std::vector<OutlineHandle> beside;
        std::vector<OutlineHandle> going;
        std::vector<OutlineHandle> touched;
        for (const OutlineHandle& other : m_now.in(reference.extent())) {
            if (other == there) {
                continue;
            }
            if (outlines::isSameGround(*other, reference)) {
                throwIfTaken(other, reference);
                (outlines::isTouched(*other) ? touched : going).push_back(other);
            } else if (outlines::commonArea(*other, reference) > 0) {
                beside.push_back(other);
            }
        }
        if (!touched.empty()) {
            throw Error("The outline of " + outlines::nameInSentence(reference) + " covers " +
                        namesOf(touched) + " of " + outlines::titleOf(m_info) +
                        (touched.size() == 1 ? " too, which" : " too, each of which") +
                        " somebody has drawn, changed or judged. Remove what shall go first.");
        }
        after.geometry = cutBeside(after.geometry, beside);
        if (after.geometry.empty()) {
            throw Error("Nothing of the outline of " + outlines::nameInSentence(reference) +
                        " is left beside " + namesOf(beside) + " of " + outlines::titleOf(m_info) +
                        ". Correct those first.");
        }
        for (const OutlineHandle& other : going) {
            m_now.remove(other->uuid);
            m_changes.push_back({m_info.name, other, nullptr});
        }
        m_gone.insert(m_gone.end(), going.begin(), going.end());
        OutlineHandle taken = outlines::share(std::move(after));
        m_now.put(taken);
        m_changes.push_back({m_info.name, there, taken});
        m_taken.push_back(std::move(taken));
    }

    editing::Edit edit() const {
        const bool isOne = m_taken.size() == 1;
        std::string what = isOne ? "Take the outline of " + outlines::nameInSentence(*m_taken.front())
                                 : "Take the outlines of " + namesOf(m_taken);
        if (!m_gone.empty()) {
            what += ", in the place of " + namesOf(m_gone) + " too";
        }
        editing::Edit edit{std::move(what), m_changes, {}, "take"};
        if (!m_taken.empty()) {
            edit.then = outlines::OutlineRef{m_info.name, m_taken.back()->uuid};
        }
        return edit;
    }

private:
    /// Of two that are taken together none replaces the other.
    void throwIfTaken(const OutlineHandle& there, const outlines::Outline& coming) const {
        if (there && std::find(m_taken.begin(), m_taken.end(), there) != m_taken.end()) {
            throw Error("The outlines of " + outlines::nameInSentence(*there) + " and of " +
                        outlines::nameInSentence(coming) +
                        " cover the same ground. Take one of them, each glacier is in an inventory once.");
        }
    }

    outlines::OutlineSet m_now;
    LayerInfo m_info;
    std::vector<outlines::OutlineChange> m_changes;
    std::vector<OutlineHandle> m_taken;
    std::vector<OutlineHandle> m_gone;
};

} // namespace

std::string TakeOver::counts() const {
    return std::to_string(kept) + " kept, " + std::to_string(added) + " new, " + std::to_string(gone) +
           " gone";
}

std::function<TakeOver()> planTakeOver(const Project& project, const std::string& reference,
                                       const std::string& inventory) {
    const LayerInfo source = project.layer(reference);
    const LayerInfo target = project.layer(inventory);
    throwUnlessFromReferenceToInventory(source, target);
    MergeRules rules;
    rules.endsAtTouched = true;
    if (source.kind == LayerKind::Predicted) {
        rules.computed = project.computedRegion(reference);
    }
    return [source, target, rules, crs = project.crs(), from = project.outlines(reference),
            now = project.outlines(inventory)] {
        std::vector<OutlineHandle> incoming;
        for (const OutlineHandle& outline : from.all()) {
            incoming.push_back(outlines::share(outlines::asOfInventory(*outline, source.kind)));
        }
        Merge merge = mergedInto(target.name, now, incoming, rules);
        TakeOver taken;
        taken.kept = merge.kept;
        taken.other = merge.replaced;
        taken.added = merge.added;
        taken.gone = merge.gone;
        taken.step.description =
            "Take " + outlines::titleOf(source) + " over into " + outlines::titleOf(target);
        taken.step.tool = tools::inventory;
        taken.step.changes = std::move(merge.changes);
        if (!merge.covered.empty()) {
            taken.step.notes.push_back(
                "Left out, as outlines that somebody drew, changed or judged cover all of their ground: " +
                counted(static_cast<long long>(merge.covered.size()), "outline") + ": " +
                namesOf(merge.covered) + ".");
        }
        for (std::string cut :
             {cutWords("Cut where outlines begin that somebody drew, changed or judged", merge.cut, crs),
              cutWords("Cut where the new outlines begin, of what nobody touched", merge.gaveWay, crs)}) {
            if (!cut.empty()) {
                taken.step.notes.push_back(std::move(cut));
            }
        }
        if (!merge.beyond.empty()) {
            taken.step.notes.push_back(
                "Left as they are, since they reach beyond the ground that was predicted: " +
                counted(static_cast<long long>(merge.beyond.size()), "glacier") + ": " +
                namesOf(merge.beyond) + ".");
        }
        return taken;
    };
}

editing::Edit takenOutline(const Project& project, const outlines::OutlineRef& outline,
                           const std::string& inventory) {
    return takenOutlines(project, outline.layer, {outline.uuid}, inventory);
}

editing::Edit takenOutlines(const Project& project, const std::string& reference,
                            const std::vector<std::string>& uuids, const std::string& inventory) {
    const LayerInfo source = project.layer(reference);
    throwUnlessFromReferenceToInventory(source, project.layer(inventory));
    const outlines::OutlineSet& from = project.outlines(reference);
    Taking taking(project.outlines(inventory), project.layer(inventory));
    std::set<std::string> once;
    for (const std::string& uuid : uuids) {
        const OutlineHandle outline = from.find(uuid);
        if (!outline) {
            throw Error("The layer " + outlines::titleOf(source) + " has no outline " + uuid +
                        " any more. Look at it again.");
        }
        if (once.insert(uuid).second) {
            taking.take(*outline, source.kind);
        }
    }
    return taking.edit();
}

} // namespace nunatak::project
