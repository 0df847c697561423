// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_feature.h"

#include "ui/layers/layer_panel.h"
#include "ui/review/review_controller.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::review {

using layers::LayerController;
using layers::LayerPanel;
using outlines::Review;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

ReviewFeature::ReviewFeature(Shell& shell, Workspace& workspace, LayerController& layers,
                             const LayerPanel& panel)
    : m_controller(std::make_unique<ReviewController>(workspace, layers, nullptr)) {
    QObject::connect(m_controller.get(), &ReviewController::said, &shell.window(),
                     [&shell](const QString& sentence) { shell.say(sentence); });
    shell.addAction(MenuPlace::Review, Needs::WritableGlacier,
                    {"acceptOutline", "dialog-ok-apply", ReviewController::tr("&Accept outline"),
                     QKeySequence(QStringLiteral("A")),
                     ReviewController::tr("Say that the selected outline is right")},
                    [this] { m_controller->mark(Review::Accepted); });
    shell.addAction(MenuPlace::Review, Needs::WritableGlacier,
                    {"doubtOutline", "question", ReviewController::tr("Mark as &doubtful"),
                     QKeySequence(QStringLiteral("D")),
                     ReviewController::tr("Say that the selected outline is to be looked at again")},
                    [this] { m_controller->mark(Review::Doubtful); });
    shell.addAction(MenuPlace::Review, Needs::WritableGlacier,
                    {"unreviewOutline", "edit-clear", ReviewController::tr("&Not reviewed"),
                     QKeySequence(QStringLiteral("Shift+A")),
                     ReviewController::tr("Say nothing of the selected outline any more")},
                    [this] { m_controller->mark(Review::NotReviewed); });
    shell.addAction(MenuPlace::Review, Needs::Project,
                    {"nextUnreviewed", "go-next-skip", ReviewController::tr("Next to re&view"),
                     QKeySequence(QStringLiteral("R")),
                     ReviewController::tr(
                         "Select the layer's next glacier that was not reviewed, by size, and fly there")},
                    [this, &workspace, &panel] {
                        m_controller->next(workspace.session()->inventoryOr(panel.currentLayer()));
                    });
}

ReviewFeature::~ReviewFeature() = default;

} // namespace nunatak::ui::review
