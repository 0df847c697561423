// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/inventory_controller.h"

#include "base/error.h"
#include "geo/inner_point.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"

#include <QLocale>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace nunatak::ui::editing {

using session::Session;
using session::Workspace;

namespace {

QString paragraphs(const std::vector<std::string>& notes) {
    QStringList all;
    for (const auto& note : notes) {
        all << text(note);
    }
    return all.join(QStringLiteral("\n\n"));
}

} // namespace

InventoryController::InventoryController(Workspace& workspace, layers::LayerController& layers,
                                         QWidget* window)
    : QObject(window), m_workspace(workspace), m_layers(layers), m_window(window) {}

void InventoryController::start(const QString& from) {
    const auto what = tr("Start inventory");
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return;
    }
    std::function<project::LayerStep()> plan;
    project::InventoryRequest request;
    request.from = from.toStdString();
    const bool isOfPicture =
        from.isEmpty() || (session->project().hasLayer(request.from) &&
                           !outlines::isReference(session->project().layer(request.from).kind));
    if (isOfPicture && session->scene() != nullptr) {
        request.scene = session->scene()->scene().id;
    }
    if (!m_workspace.attempt(what, [&] { plan = project::planInventory(session->project(), request); })) {
        return;
    }
    m_workspace.jobs().start<project::LayerStep>(
        what, jobs::Lane::Background, [plan](const Progress&) { return plan(); },
        {.succeeded =
             [this, session, what](project::LayerStep& step) {
                 if (session != nullptr) {
                     take(step, what);
                 }
             },
         .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
         .cancelled = {}});
}

void InventoryController::take(const project::LayerStep& step, const QString& what) {
    const auto selected = m_workspace.selection().current();
    const auto made = step.layers.empty() ? std::string() : step.layers.front().after->name;
    const auto title = step.layers.empty() ? std::string() : outlines::titleOf(*step.layers.front().after);
    const auto count = step.changes.size();
    const auto notes = paragraphs(step.notes);
    if (!m_workspace.attempt(what, [&] { m_workspace.session()->project().take(step); })) {
        return;
    }
    if (!made.empty()) {
        Q_EMIT started(text(made));
    }
    if (selected && !made.empty()) {
        // What was looked at as a reference goes on as what can be edited.
        if (const outlines::OutlineRef own{made, selected->uuid};
            m_workspace.session()->outline(own) != nullptr) {
            m_workspace.selection().select(own);
        }
    }
    const auto inventory = text(title);
    Q_EMIT done(count == 0   ? tr("%1 has no glaciers yet.").arg(inventory)
                : count == 1 ? tr("%1 has one glacier; it can be edited now.").arg(inventory)
                             : tr("%1 has %2 glaciers; they can be edited now.")
                                   .arg(inventory, QLocale().toString(static_cast<qulonglong>(count))));
    if (!notes.isEmpty()) {
        showNote(m_window, what, notes);
    }
}

void InventoryController::takeOver(const QString& reference, bool askedFor) {
    const auto what = tr("Take over");
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return;
    }
    std::function<project::TakeOver()> plan;
    std::string inventory;
    if (!m_workspace.attempt(what, [&] {
            const auto& project = session->project();
            const auto info = project.layer(reference.toStdString());
            // Without a date it says nothing of an epoch: that of the picture is meant.
            const auto own = info.date.empty() ? std::nullopt : project.inventoryOf(info.date);
            const auto edited = own ? own : session->inventory();
            if (!edited) {
                throw Error("There is no inventory to take outlines into. Start one from the layer.");
            }
            inventory = edited->name;
            plan = project::planTakeOver(project, info.name, inventory);
        })) {
        return;
    }
    m_workspace.jobs().start<project::TakeOver>(
        what, jobs::Lane::Background, [plan](const Progress&) { return plan(); },
        {.succeeded =
             [this, session, reference, inventory, askedFor](project::TakeOver& taken) {
                 if (session != nullptr) {
                     decide(taken, reference, text(inventory), askedFor);
                 }
             },
         .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
         .cancelled = {}});
}

void InventoryController::decide(const project::TakeOver& taken, const QString& reference,
                                 const QString& inventory, bool askedFor) {
    const QPointer<Session> session = m_workspace.session();
    const auto& project = session->project();
    const auto from = text(outlines::titleOf(project.layer(reference.toStdString())));
    const auto into = text(outlines::titleOf(project.layer(inventory.toStdString())));
    // The same shapes from another run are nothing to ask about.
    const bool differs =
        std::any_of(taken.step.changes.begin(), taken.step.changes.end(), [](const auto& change) {
            return !change.before || !change.after || change.before->geometry != change.after->geometry;
        });
    // Nobody who keeps an expert's inventory is asked for it after each prediction.
    const auto now = project.outlines(inventory.toStdString()).all();
    const bool isMachines = now.empty() || std::any_of(now.begin(), now.end(), [](const auto& outline) {
                                return outline->origin == outlines::Origin::Machine;
                            });
    if (!askedFor && !isMachines) {
        return;
    }
    if (!differs) {
        if (askedFor) {
            Q_EMIT said(tr("%1 has nothing that %2 has not.").arg(from, into));
        }
        return;
    }
    const QLocale locale;
    const auto counts =
        tr("%1 kept, %2 new, %3 gone")
            .arg(locale.toString(taken.kept), locale.toString(taken.added), locale.toString(taken.gone));
    if (!askedFor) {
        Q_EMIT offered(tr("%1 would change %2: %3.").arg(from, into, counts), reference);
        return;
    }
    auto details = tr("%1 of the kept glaciers get the new outline. What somebody drew, changed or judged "
                      "stays as it is, and each glacier its identity. It is one step, which undo takes back.")
                       .arg(locale.toString(taken.other));
    // Who compares the counts with the layer's shall not look for what is missing.
    const auto come = static_cast<int>(project.outlines(reference.toStdString()).size());
    if (const int after = taken.kept + taken.added; after != come) {
        details += QStringLiteral("\n\n") +
                   tr("%1 has %2 outlines and %3 will have %4 glaciers: of what somebody drew, changed or "
                      "judged, and of ground that the layer says nothing of, the inventory has its own.")
                       .arg(from, locale.toString(come), into, locale.toString(after));
    }
    if (!taken.step.notes.empty()) {
        details += QStringLiteral("\n\n") + paragraphs(taken.step.notes);
    }
    ask(m_window, tr("Take %1 over into %2? %3.").arg(from, into, counts), details, tr("Take over"),
        tr("Leave the inventory as it is"), [this, session, step = taken.step, counts, into] {
            if (session != nullptr &&
                m_workspace.attempt(tr("Take over"), [&] { session->project().take(step); })) {
                Q_EMIT done(tr("%1: %2.").arg(into, counts));
            }
        });
}

void InventoryController::takeSelected() {
    auto* session = m_workspace.session();
    const auto selected = m_workspace.selection().current();
    if (session == nullptr || !selected) {
        return;
    }
    if (m_workspace.selection().outlines().size() > 1) {
        Q_EMIT said(tr("Several outlines are selected; one is taken at a time."));
        return;
    }
    m_workspace.attempt(tr("Take this outline"), [&] {
        const auto& project = session->project();
        const auto outline = session->outline(*selected);
        // Without a date it says nothing of an epoch: that of the picture is meant.
        const auto own = outline->srcDate.empty() ? std::nullopt : project.inventoryOf(outline->srcDate);
        const auto inventory = own ? own : session->inventory();
        if (!inventory) {
            throw Error("There is no inventory to take the outline into. Start one from the layer " +
                        outlines::titleOf(project.layer(selected->layer)) + ".");
        }
        const auto edit = project::takenOutline(project, *selected, inventory->name);
        // Without a picture: the reference's own date stays, whatever is looked at meanwhile.
        const auto committed = session->project().commit(edit, {});
        if (committed.outcome == project::Committed::Outcome::OutsideEpoch) {
            throw Error(committed.sentence);
        }
        m_layers.showLayer(text(inventory->name));
        m_workspace.selection().select(edit.then);
        if (committed.outcome == project::Committed::Outcome::Done) {
            Q_EMIT done(text(edit.description));
        } else {
            Q_EMIT said(tr("The inventory has this very outline already."));
        }
    });
}

void InventoryController::rename(const QString& layer, const QString& title) {
    m_workspace.attempt(tr("Rename layer"), [&] {
        m_workspace.session()->project().renameLayer(layer.toStdString(), title.toStdString());
    });
}

void InventoryController::remove(const QString& layer) {
    m_workspace.attempt(tr("Remove layer"), [&] {
        auto& project = m_workspace.session()->project();
        const auto title = text(outlines::titleOf(project.layer(layer.toStdString())));
        project.removeLayer(layer.toStdString());
        Q_EMIT done(tr("Layer %1 is removed.").arg(title));
    });
}

void InventoryController::askForEpoch(const QString& sentence, const outlines::OutlineRef& ref) {
    const QPointer<Session> session = m_workspace.session();
    const auto outline = session->outline(ref);
    const auto& scenes = session->project().scenes();
    const auto isOwn = [&](const scene::Scene& scene) {
        return outline != nullptr &&
               (scene.id == outline->sceneId || (!scene.date.empty() && scene.date == outline->srcDate));
    };
    const auto own = std::find_if(scenes.begin(), scenes.end(), isOwn);
    Choice another{
        tr("Start an inventory of this picture's time from %1").arg(session->titleOf(text(ref.layer))),
        [this, session, from = text(ref.layer)] {
            if (session != nullptr) {
                start(from);
            }
        }};
    const std::string date = session->scene() != nullptr ? session->scene()->scene().date : std::string();
    if (const auto there = date.empty() ? std::nullopt : session->project().inventoryOf(date);
        there && there->name != ref.layer) {
        another = {tr("Go on in %1").arg(text(outlines::titleOf(*there))),
                   [this, session, into = there->name, outline] {
                       if (session != nullptr) {
                           goOnIn(into, outline);
                       }
                   }};
    }
    if (own == scenes.end()) {
        ask(m_window, sentence, tr("Nothing was changed."), another.text, tr("Cancel"), another.chosen);
        return;
    }
    choose(m_window, sentence, tr("Nothing was changed."),
           {{tr("Show the picture of %1").arg(text(own->date)),
             [this, id = own->id] { Q_EMIT pictureRequested(id); }},
            another},
           tr("Cancel"));
}

void InventoryController::goOnIn(const std::string& inventory, const outlines::OutlineHandle& glacier) {
    m_layers.showLayer(text(inventory));
    if (glacier == nullptr) {
        return;
    }
    // The same glacier, by its identity or the ground it lies on.
    const auto& outlines = m_workspace.session()->project().outlines(inventory);
    auto found = outlines.find(glacier->uuid);
    const geo::Point inside = geo::innerPoint(glacier->geometry);
    for (const auto& near : outlines.in({inside.x, inside.y, inside.x, inside.y})) {
        if (!found && geo::contains(near->geometry, inside)) {
            found = near;
        }
    }
    if (found) {
        m_workspace.selection().select(nunatak::outlines::OutlineRef{inventory, found->uuid});
    } else {
        m_workspace.selection().clear();
    }
}

} // namespace nunatak::ui::editing
