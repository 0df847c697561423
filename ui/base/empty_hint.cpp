// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/empty_hint.h"

#include "ui/base/owned.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QEvent>
#include <QLabel>

namespace nunatak::ui {

namespace {

class EmptyHint : public QLabel {
public:
    EmptyHint(QAbstractItemView* view, const QString& words) : QLabel(words, view->viewport()), m_view(view) {
        setObjectName(QStringLiteral("emptyHint"));
        setAlignment(Qt::AlignCenter);
        setWordWrap(true);
        setForegroundRole(QPalette::PlaceholderText);
        setAttribute(Qt::WA_TransparentForMouseEvents); // what lies below takes clicks and drops
        view->viewport()->installEventFilter(this);
        auto* model = view->model();
        connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::follow);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::follow);
        connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::follow);
        follow();
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize) {
            place();
        }
        return QLabel::eventFilter(watched, event);
    }

private:
    void follow() {
        setVisible(m_view->model()->rowCount() == 0);
        place();
    }
    void place() {
        constexpr int margin = 8;
        setGeometry(m_view->viewport()->rect().adjusted(margin, 0, -margin, 0));
    }

    QAbstractItemView* m_view;
};

} // namespace

QLabel* showWhileEmpty(QAbstractItemView* view, const QString& words) {
    return owned<EmptyHint>(view, words);
}

} // namespace nunatak::ui
