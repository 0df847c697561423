// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/team_feature.h"

#include "ui/session/shell.h"
#include "ui/team/join_controller.h"
#include "ui/team/split_controller.h"

namespace nunatak::ui::team {

using session::MenuPlace;
using session::Needs;

TeamFeature::TeamFeature(session::Shell& shell, session::Workspace& workspace,
                         layers::LayerController& layers)
    : m_joining(std::make_unique<JoinController>(workspace, layers, shell.settings(), &shell.window())),
      m_splitting(std::make_unique<SplitController>(workspace, shell.settings(), &shell.window())) {
    auto* joining = m_joining.get();
    connect(joining, &JoinController::done, this, &TeamFeature::done);
    shell.addAction(MenuPlace::Outlines, Needs::Project,
                    {"joinWork", "group", JoinController::tr("&Join others' work…"),
                     QKeySequence(QStringLiteral("Ctrl+J")),
                     JoinController::tr("Bring in what others did to their part, or copy, of this project; "
                                        "shows side by side what two changed")},
                    [joining] { joining->askForFiles(); });
    shell.addAction(MenuPlace::Outlines, Needs::Project,
                    {"splitWork", "split", JoinController::tr("Split for e&xperts…"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+J")),
                     JoinController::tr("Give each of several experts a project with their glaciers; Join "
                                        "others' work brings them together")},
                    [splitting = m_splitting.get()] { splitting->ask(); });
}

TeamFeature::~TeamFeature() = default;

} // namespace nunatak::ui::team
