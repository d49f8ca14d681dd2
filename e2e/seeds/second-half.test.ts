import { seededDays } from './seeded-days.ts';

seededDays('second');
