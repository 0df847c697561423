// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/take_here_tool.h"

#include "editing/region.h"
#include "editing/take_here.h"
#include "outlines/outline_name.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/line_gesture.h"
#include "ui/tools/magnet.h"
#include "ui/tools/refusal.h"
#include "ui/tools/ring_tool.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::HereRequest;
using nunatak::editing::TakenHere;

constexpr auto sideOption = "takeHereSide";
constexpr std::size_t mostItems = 3;      ///< references in a menu
constexpr std::size_t mostPreviewed = 50; ///< glaciers of which a menu says what would become

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// A layer that is shown and that can be taken from.
struct ReferenceLayer {
    std::string name;
    outlines::LayerKind kind = outlines::LayerKind::Expert;
    QString title;
};

/// What models predicted before what came from elsewhere.
std::vector<ReferenceLayer> referencesIn(const Scene& scene) {
    constexpr double everywhere = 1e9;
    const std::string edited = scene.editedLayer();
    std::vector<ReferenceLayer> found;
    for (const auto& ref : scene.near({-everywhere, -everywhere, everywhere, everywhere})) {
        const auto isThis = [&](const ReferenceLayer& each) { return each.name == ref.layer; };
        if (ref.layer == edited || std::any_of(found.begin(), found.end(), isThis) ||
            scene.lock(ref).isEmpty()) {
            continue;
        }
        const auto outline = scene.outline(ref);
        found.push_back({ref.layer,
                         outline != nullptr && !outline->model.empty() ? outlines::LayerKind::Predicted
                                                                       : outlines::LayerKind::Expert,
                         scene.layerTitle(ref)});
    }
    std::stable_sort(found.begin(), found.end(), [](const ReferenceLayer& a, const ReferenceLayer& b) {
        return a.kind < b.kind; // as LayerKind has them
    });
    return found;
}

/// Those of the selected glaciers that are of the inventory.
std::vector<std::string> selectedIn(const std::string& layer, const Scene& scene) {
    std::vector<std::string> uuids;
    for (const auto& ref : scene.selection().outlines) {
        if (ref.layer == layer && scene.outline(ref) != nullptr) {
            uuids.push_back(ref.uuid);
        }
    }
    return uuids;
}

HereRequest requestOf(const Scene& scene, const ReferenceLayer& reference, double sliver) {
    HereRequest request;
    request.from = reference.name;
    request.title = reference.title.toStdString();
    request.kind = reference.kind;
    request.into = scene.editedLayer();
    request.glaciers = selectedIn(request.into, scene);
    request.sliver = sliver;
    return request;
}

/// "3 glaciers change, 1 new, 2 gone, 1 that is no glacier stays so"; nothing of one that changes.
QString countsOf(const TakenHere& taken) {
    QStringList words;
    const QLocale locale;
    if (taken.changed > 1 || (taken.changed == 1 && taken.added + taken.gone + taken.refused > 0)) {
        words << (taken.changed == 1 ? Words::tr("1 glacier changes")
                                     : Words::tr("%1 glaciers change").arg(locale.toString(taken.changed)));
    }
    if (taken.added > 0) {
        words << Words::tr("%1 new").arg(locale.toString(taken.added));
    }
    if (taken.gone > 0) {
        words << Words::tr("%1 gone").arg(locale.toString(taken.gone));
    }
    if (taken.refused > 0) {
        words << (taken.refused == 1
                      ? Words::tr("1 that is no glacier stays so")
                      : Words::tr("%1 that are no glaciers stay so").arg(locale.toString(taken.refused)));
    }
    return words.join(QStringLiteral(", "));
}

/// What is selected now, without what goes.
Selection leftOf(const Scene& scene, const nunatak::editing::Edit& edit) {
    Selection left{scene.selection().outlines, {}};
    std::erase_if(left.outlines, [&](const auto& ref) {
        return std::any_of(edit.changes.begin(), edit.changes.end(), [&](const auto& change) {
            return !change.after && change.layer == ref.layer && change.before->uuid == ref.uuid;
        });
    });
    if (left.outlines.empty() && edit.then) {
        left.outlines.push_back(*edit.then);
    }
    return left;
}

void fill(Proposal& proposal, const Scene& scene, TakenHere taken) {
    proposal.note = countsOf(taken);
    proposal.change = Proposal::Change::OfAll;
    proposal.selection = leftOf(scene, taken.edit);
    proposal.done = QString::fromStdString(taken.edit.description) + QLatin1Char('.');
    proposal.edit = std::move(taken.edit);
}

/// Why nothing can be taken; empty: it can.
QString lockOf(const Scene& scene) {
    const std::string layer = scene.editedLayer();
    return layer.empty()                 ? Words::tr("There is no inventory to take it into.")
           : referencesIn(scene).empty() ? Words::tr("No prediction or other reference is shown.")
                                         : scene.lock({layer, {}});
}

Proposal wholeOf(const Scene& scene, const ReferenceLayer& reference, nunatak::editing::Neighbours neighbours,
                 double sliver) {
    Proposal proposal;
    try {
        fill(proposal, scene,
             nunatak::editing::takeHere(scene.draft(), requestOf(scene, reference, sliver), neighbours));
    } catch (const Error& error) {
        sayWhyNot(error, proposal);
    }
    return proposal;
}

double pixelOf(const Scene& scene) {
    const geo::Point pixel = scene.pixels({1, 0});
    return std::hypot(pixel.x, pixel.y);
}

class TakeHereTool : public RingTool {
    Q_DECLARE_TR_FUNCTIONS(TakeHereTool)

public:
    void choose(const QString& option, int value) override {
        RingTool::choose(option, value);
        if (option == QLatin1String(sideOption)) {
            m_keepsMine = value == 1;
        }
    }

    /// Another reference.
    bool turn() override {
        ++m_turns;
        return m_hasSeveral;
    }

    Menu menu(const Place&, const Scene& scene) override {
        Menu menu;
        if (lockOf(scene).isEmpty()) {
            menu.items = takeWholeItems(scene, neighbours());
            menu.heading = menu.items.empty() ? QString() : namesOf(scene);
        }
        return menu;
    }

protected:
    std::optional<Proposal> begin(const Place&, const Scene& scene) override {
        Proposal reason;
        reason.refusal = lockOf(scene);
        return reason.refusal.isEmpty() ? std::nullopt : std::optional(std::move(reason));
    }

    void readRing(const geo::Ring& ring, const geo::Ring&, const Scene& scene,
                  Reading& reading) const override {
        Proposal& proposal = reading.proposal;
        proposal.edit = nunatak::editing::Edit(); // nothing stays drawn of what the line did before
        const auto from = reference(scene);
        if (!from) {
            proposal.refusal = lockOf(scene);
            return;
        }
        HereRequest request = requestOf(scene, *from, pixelOf(scene));
        request.region = nunatak::editing::regionWithin(ring);
        request.keepsMine = m_keepsMine;
        fill(proposal, scene, nunatak::editing::takeHere(scene.draft(), request, neighbours()));
        const QString others = m_hasSeveral ? tr("Tab: another reference · ") : QString();
        proposal.hint =
            others + (m_keepsMine ? tr("Right click or Enter: take all but this · Esc: drop the line")
                                  : tr("Right click or Enter: take this · Esc: drop the line"));
    }

    Standing idle(const Scene& scene) const override {
        const auto from = reference(scene);
        if (!from) {
            return {lockOf(scene), {}, {}};
        }
        Standing standing;
        standing.subject =
            m_hasSeveral ? tr("from %1 (Tab)").arg(from->title) : tr("from %1").arg(from->title);
        const auto selected = selectedIn(scene.editedLayer(), scene);
        if (m_keepsMine) {
            standing.hint =
                selected.empty()
                    ? tr("Drag around what stays; of the glaciers there all else is taken")
                    : tr("Drag around what stays of %1; all else is taken").arg(namesInSentence(scene));
            return standing;
        }
        standing.hint =
            selected.empty()
                ? tr("Drag around where it is right, or click points")
                : tr("Drag around where it is right · right click: all of %1").arg(namesInSentence(scene));
        return standing;
    }

private:
    std::optional<ReferenceLayer> reference(const Scene& scene) const {
        const auto all = referencesIn(scene);
        m_hasSeveral = all.size() > 1;
        return all.empty() ? std::nullopt : std::optional(all[m_turns % all.size()]);
    }

    std::size_t m_turns = 0;
    mutable bool m_hasSeveral = false; ///< references, when they were looked at last
    bool m_keepsMine = false;
};

} // namespace

std::vector<Menu::Item> takeWholeItems(const Scene& scene, nunatak::editing::Neighbours neighbours) {
    std::vector<Menu::Item> items;
    const double sliver = pixelOf(scene);
    if (selectedIn(scene.editedLayer(), scene).size() != scene.selection().outlines.size() ||
        scene.selection().outlines.empty() || scene.selection().outlines.size() > mostPreviewed ||
        !lockOf(scene).isEmpty()) {
        return items;
    }
    for (const ReferenceLayer& reference : referencesIn(scene)) {
        if (items.size() == mostItems) {
            break;
        }
        if (!wholeOf(scene, reference, neighbours, sliver).refusal.isEmpty()) {
            continue;
        }
        QString title = reference.title;
        items.push_back(
            {"edit-copy",
             Words::tr("Take &all of it · %1").arg(title.replace(QLatin1Char('&'), QStringLiteral("&&"))),
             [reference, neighbours, sliver](const Scene& then) {
                 return wholeOf(then, reference, neighbours, sliver);
             },
             true, QStringLiteral("takeHere")});
    }
    return items;
}

std::vector<Menu::Item> takeHoleItems(const outlines::OutlineRef& into, const outlines::OutlineRef& from,
                                      const geo::VertexId& hole, const Scene& scene,
                                      nunatak::editing::Neighbours neighbours) {
    const auto outline = scene.outline(from);
    if (hole.ring == 0 || outline == nullptr) {
        return {};
    }
    const QString title = scene.layerTitle(from);
    HereRequest request;
    request.from = from.layer;
    request.title = title.toStdString();
    request.into = into.layer;
    request.glaciers = {into.uuid};
    request.region = {{geo::ringOf(outline->geometry, hole.part, hole.ring), {}}};
    const auto taken = [request, neighbours, into](const Scene& then) {
        Proposal proposal;
        try {
            auto cut = nunatak::editing::takeHere(then.draft(), request, neighbours);
            cut.edit.description = "Take a hole of " + request.title + " into " +
                                   outlines::nameInSentence(*then.draft().require(into));
            proposal.edit = std::move(cut.edit);
            proposal.selection = Selection{{into}, {}};
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
        }
        return proposal;
    };
    if (!taken(scene).refusal.isEmpty()) {
        return {};
    }
    return {{"draw-donut",
             Words::tr("&Take this hole · %1")
                 .arg(QString(title).replace(QLatin1Char('&'), QStringLiteral("&&"))),
             taken, true, QStringLiteral("takeHere")}};
}

ToolEntry takeHereTool() {
    const Option side{
        sideOption,
        TakeHereTool::tr("Within the line"),
        TakeHereTool::tr("Whose line holds within what is drawn: the reference's, and beyond it nothing "
                         "changes; or mine, and the rest of the glacier is taken"),
        QKeySequence(Qt::SHIFT | Qt::Key_W),
        {TakeHereTool::tr("the reference's"), TakeHereTool::tr("mine")},
        0,
        false,
        {TakeHereTool::tr("The reference's: what is drawn around becomes as it has it"),
         TakeHereTool::tr(
             "Mine: what is drawn around stays, the rest of the glacier becomes the reference's")}};
    return {"takeHere",
            "transform-crop",
            TakeHereTool::tr("Take &here"),
            TakeHereTool::tr("Draw around where a prediction, or another reference, is right: the inventory "
                             "becomes as it has it; or around what stays mine while all else is taken"),
            QKeySequence(Qt::SHIFT | Qt::Key_V),
            [] { return std::make_unique<TakeHereTool>(); },
            {},
            {side, neighboursOption(), followingOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
