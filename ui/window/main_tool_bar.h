// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QToolBar>

class QComboBox;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace nunatak::ui::window {

/// The toolbar: files, undo, model and Predict, views, composite, exaggeration.
class MainToolBar : public QToolBar {
    Q_OBJECT

public:
    /// Of the actions that `window` has by then.
    MainToolBar(QWidget& window, QMenu* composites);

    /// By their names; people read the titles.
    void setModels(const QStringList& names, const QStringList& titles, const QStringList& tips,
                   const QString& current);
    void setComposite(const QString& name);
    void setExaggeration(double factor);
    void setProjectOpen(bool open);

Q_SIGNALS:
    void modelChosen(const QString& name);
    void exaggerationChosen(double factor);

private:
    QComboBox* m_model = nullptr;
    QToolButton* m_composite = nullptr;
    QSlider* m_slider = nullptr;
    QLabel* m_factor = nullptr;
};

} // namespace nunatak::ui::window
