// What is said of Defender from what Windows tells of it.
export * from './findings';
export * from './judgeStatus';
