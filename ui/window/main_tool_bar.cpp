// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_tool_bar.h"

#include "ui/base/owned.h"

#include <QAction>
#include <QComboBox>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace nunatak::ui::window {

namespace {

// The slider counts twentieths, so that 1× is one of its positions.
constexpr double sliderStep = 0.05;

int toSlider(double factor) {
    return static_cast<int>(std::lround(factor / sliderStep));
}

} // namespace

MainToolBar::MainToolBar(QWidget& window, QMenu* composites) : QToolBar(&window) {
    const auto action = [&window](const char* name) {
        return window.findChild<QAction*>(QLatin1String(name), Qt::FindDirectChildrenOnly);
    };
    setObjectName(QStringLiteral("mainToolBar"));
    setWindowTitle(tr("Toolbar"));
    setMovable(false);
    setIconSize(QSize(20, 20));
    setToolButtonStyle(Qt::ToolButtonIconOnly);

    for (const char* name : {"openProject", "importOutlines", "exportOutlines", "savePicture"}) {
        addAction(action(name));
    }
    addSeparator();
    addAction(action("undo"));
    addAction(action("redo"));
    addSeparator();

    m_model = owned<QComboBox>();
    m_model->setObjectName(QStringLiteral("model"));
    m_model->setMinimumContentsLength(10);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_model->setMaximumWidth(260); // a long title is cut rather than that the bar grows
    m_model->setToolTip(tr("The model that Predict uses and that fine-tuning starts from"));
    addWidget(m_model);
    addAction(action("predict"));
    auto* predict = qobject_cast<QToolButton*>(widgetForAction(action("predict")));
    predict->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* more = owned<QMenu>(predict);
    more->addAction(action("predictOptions"));
    predict->setMenu(more);
    predict->setPopupMode(QToolButton::MenuButtonPopup);
    QFont bold = predict->font();
    bold.setBold(true);
    predict->setFont(bold);
    for (const char* name : {"compare", "finetune"}) {
        addAction(action(name));
        qobject_cast<QToolButton*>(widgetForAction(action(name)))
            ->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    addSeparator();
    for (const char* name : {"nadir", "oblique", "zoomToScene", "zoomToSelection"}) {
        addAction(action(name));
    }
    addSeparator();

    m_composite = owned<QToolButton>();
    m_composite->setObjectName(QStringLiteral("composite"));
    m_composite->setMenu(composites);
    m_composite->setPopupMode(QToolButton::InstantPopup);
    m_composite->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_composite->setIcon(QIcon::fromTheme(QStringLiteral("layer-visible-on")));
    m_composite->setToolTip(tr("Which bands make the picture"));
    addWidget(m_composite);

    m_slider = owned<QSlider>(Qt::Horizontal);
    m_slider->setObjectName(QStringLiteral("exaggeration"));
    m_slider->setRange(toSlider(0.5), toSlider(5));
    m_slider->setPageStep(toSlider(0.5));
    m_slider->setFixedWidth(110);
    m_slider->setToolTip(
        tr("Vertical exaggeration: heights are drawn this many times as large (true heights: Ctrl+1)"));
    m_factor = owned<QLabel>();
    m_factor->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral(" 0.00× ")));
    auto* caption = owned<QLabel>(tr("  Heights "));
    addWidget(caption);
    addWidget(m_slider);
    addWidget(m_factor);

    connect(m_model, &QComboBox::activated, this,
            [this](int index) { Q_EMIT modelChosen(m_model->itemData(index).toString()); });
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT exaggerationChosen(value * sliderStep); });
    setExaggeration(1);
    setComposite({});
}

void MainToolBar::setModels(const QStringList& names, const QStringList& titles, const QStringList& tips,
                            const QString& current) {
    m_model->clear();
    for (int i = 0; i < names.size(); ++i) {
        m_model->addItem(titles.value(i), names[i]);
        m_model->setItemData(i, tips.value(i), Qt::ToolTipRole);
    }
    m_model->setCurrentIndex(static_cast<int>(names.indexOf(current)));
    m_model->setPlaceholderText(tr("no model"));
    m_model->setEnabled(!names.isEmpty());
}

void MainToolBar::setComposite(const QString& name) {
    m_composite->setText(name.isEmpty() ? tr("Picture") : name);
}

void MainToolBar::setExaggeration(double factor) {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(toSlider(factor));
    m_factor->setText(tr(" %1×").arg(QLocale().toString(factor, 'g', 3)));
}

void MainToolBar::setProjectOpen(bool open) {
    m_composite->setEnabled(open);
    m_slider->setEnabled(open);
    m_factor->setEnabled(open);
}

} // namespace nunatak::ui::window
