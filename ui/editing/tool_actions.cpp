// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_actions.h"

#include "ui/base/action_factory.h"
#include "ui/base/held_key.h"
#include "ui/base/owned.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>

namespace nunatak::ui::editing {

ToolActions::ToolActions(QWidget& window, ToolHost& host) : QObject(&window), m_host(host), m_tools(this) {
    for (const auto& entry : host.table()) {
        auto* action = makeAction(&window, {entry.id, entry.icon, entry.text, entry.key, entry.tip});
        const auto id = QString::fromLatin1(entry.id);
        // What the narrow strip says.
        action->setIconText(
            entry.key.toString(QKeySequence::NativeText).replace(tr("Shift+"), QChar(0x21e7)));
        action->setAutoRepeat(false); // a key that is held was pressed once
        if (entry.make) {
            action->setCheckable(true);
            action->setChecked(id == host.current());
            m_tools.addAction(action);
            auto* key = owned<HeldKey>(*action);
            connect(key, &HeldKey::pressed, &host, [&host, id] { host.hold(id); });
            connect(key, &HeldKey::released, &host, [&host, id](bool isTap) { host.letGo(id, isTap); });
        }
        connect(action, &QAction::triggered, &host, [&host, id] { host.trigger(id); });
        m_all.push_back(action);
    }
    for (const auto& option : tools::optionsOf(host.table())) {
        auto* action = makeAction(&window, {option.id, "configure", option.text, option.key, option.tip});
        const auto id = QString::fromLatin1(option.id);
        connect(action, &QAction::triggered, &host, [&host, id] { host.chooseNext(id); });
        m_options.push_back(action);
    }
    connect(&host, &ToolHost::currentChanged, this, [this](const QString& id) {
        if (auto* action = find(id)) {
            action->setChecked(true);
        }
        update();
    });
    connect(&host, &ToolHost::standingChanged, this, &ToolActions::update);
    window.installEventFilter(this);
    setEnabled(false, false);
}

QAction* ToolActions::find(const QString& id) const {
    for (auto* action : m_all) {
        if (action->objectName() == id) {
            return action;
        }
    }
    return nullptr;
}

bool ToolActions::eventFilter(QObject* watched, QEvent* event) {
    // The key of an action that is disabled is no shortcut and arrives here where nobody else wants it.
    if (event->type() == QEvent::KeyPress && m_isOpen) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        const QKeySequence pressed(
            QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, Qt::Key(key.key())));
        const auto found = std::find_if(m_all.begin(), m_all.end(),
                                        [&](const auto* action) { return action->shortcut() == pressed; });
        if (found != m_all.end() && !(*found)->isEnabled() && !key.isAutoRepeat()) {
            if (m_hasSelection || m_host.isBegun()) {
                m_host.trigger((*found)->objectName()); // which says why not
            } else {
                m_host.remark(tr("Nothing is selected: click a glacier first."));
            }
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

QString ToolActions::lock() const {
    const auto& scene = m_host.scene();
    for (const auto& ref : scene.selection().outlines) {
        if (const QString reason = scene.lock(ref); !reason.isEmpty()) {
            return reason;
        }
    }
    return {};
}

void ToolActions::update() {
    const QString locked = m_hasSelection ? lock() : QString();
    for (const auto& entry : m_host.table()) {
        auto* action = find(QString::fromLatin1(entry.id));
        const bool isOfLine = entry.takesPointBack && m_host.isBegun();
        if (!entry.make) {
            action->setEnabled(m_isOpen && (isOfLine || (m_hasSelection && locked.isEmpty())));
            setActionTip(*action, isOfLine || locked.isEmpty() ? entry.tip : locked);
        }
        if (entry.textNow) {
            action->setText(isOfLine ? tr("Take the last point &back")
                                     : inMenu(entry.textNow(m_host.scene())));
        }
    }
    const auto& options = m_host.entry().options;
    const auto all = tools::optionsOf(m_host.table());
    for (auto* action : m_options) {
        const auto isIt = [&](const auto& option) {
            return QLatin1String(option.id) == action->objectName();
        };
        const bool hasHome = std::any_of(all.begin(), all.end(), [&](const auto& option) {
            return isIt(option) && option.home != nullptr;
        });
        action->setEnabled(m_isOpen && (hasHome || std::any_of(options.begin(), options.end(), isIt)));
    }
}

void ToolActions::setEnabled(bool isOpen, bool hasSelection) {
    m_isOpen = isOpen;
    m_hasSelection = hasSelection;
    for (auto* action : m_all) {
        if (action->isCheckable()) {
            action->setEnabled(isOpen);
        }
    }
    update();
}

} // namespace nunatak::ui::editing
