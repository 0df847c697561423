// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/composite_menu.h"

#include "ui/ground/picture_panel.h"
#include "ui/ground/scene_controller.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/terrain/drape_style.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace nunatak::ui::ground {

using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;

CompositeMenu::CompositeMenu(Shell& shell, Workspace& workspace, SceneController& scene)
    : m_scene(scene), m_menu(shell.addMenu(MenuPlace::Painted, "layer-visible-on", tr("&Picture"))) {
    addFixed(shell);
    connect(&workspace, &Workspace::sessionStarted, this, &CompositeMenu::update);
    connect(&workspace, &Workspace::sessionEnded, this, &CompositeMenu::update);
    connect(&scene, &SceneController::compositesChanged, this, &CompositeMenu::update);
    update();
}

void CompositeMenu::addFixed(Shell& shell) {
    const auto add = [&](const char* picture, const char* name, const QString& text, const QString& tip) {
        const QString composite = QString::fromLatin1(picture);
        auto* action = shell.addAction(
            *m_menu, Needs::Project,
            {name, "layer-visible-on", text, QKeySequence(QString::number(m_fixed.size() + 1)), tip},
            [this, composite] {
                m_scene.setComposite(composite);
                update(); // a check is no answer where there is no such picture
            });
        action->setCheckable(true);
        action->setData(composite);
        m_fixed.push_back(action);
    };
    add("natural", "pictureNatural", tr("&Natural"), tr("Paint the ground with red, green and blue"));
    add("infrared", "pictureInfrared", tr("&Infrared"), tr("Paint the ground with NIR, red and green"));
    add("ice", "pictureIce", tr("I&ce"), tr("Paint the ground with SWIR1, NIR and red: ice is blue"));
    add("NDSI", "pictureNdsi", tr("N&DSI"), tr("Paint the ground with its snow index, of green and SWIR1"));
    add("hillshade", "pictureHillshade", tr("&Hillshade"), tr("Paint the ground with its relief alone"));
    add(terrain::bandsOfChoice, "pictureOwnBands", tr("&Own bands"),
        tr("Paint the ground with the three bands that the panel Picture was told"));
}

void CompositeMenu::update() {
    const auto painted = m_scene.composite();
    auto names = m_scene.composites();
    m_menu->setEnabled(!names.isEmpty());
    QStringList listed;
    for (auto* action : m_menu->actions()) {
        if (action->isSeparator()) {
            continue;
        }
        const auto name = action->data().toString();
        action->setChecked(name == painted);
        if (std::find(m_fixed.begin(), m_fixed.end(), action) != m_fixed.end()) {
            names.removeOne(name);
        } else {
            listed.push_back(name);
        }
    }
    Q_EMIT shown(painted.isEmpty() ? QString() : styleText(painted.toStdString()));
    // The choice itself calls this: its own action must not be taken away from under it.
    if (listed == names) {
        return;
    }
    m_menu->clear();
    for (auto* action : m_fixed) {
        m_menu->addAction(action);
    }
    m_menu->addSeparator();
    for (const auto& name : names) {
        auto* action = m_menu->addAction(styleText(name.toStdString()));
        action->setData(name);
        action->setCheckable(true);
        action->setChecked(name == painted);
        connect(action, &QAction::triggered, this, [this, name] { m_scene.setComposite(name); });
    }
}

} // namespace nunatak::ui::ground
